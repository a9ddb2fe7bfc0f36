package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import org.mtl4j.optimise.Sgd;
import org.mtl4j.optimise.Update;
import tools.jackson.databind.JsonNode;

/** LibMTL's and TorchJD's uncertainty weighting against ours, whose log variances are floats that SGD trains. */
public final class UncertaintyGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden-1") && file.name().equals("uw");
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        JsonNode params = each.path("params");
        return each.has("steps")
                && params.path("optimizer").asString("").equals("SGD")
                && params.path("init").isNumber();
    }

    @Override
    public void check(JsonNode each) {
        int tasks = each.path("T").asInt();
        JsonNode params = each.path("params");
        Balancer balancer = new Uncertainty(Uncertainty.DEFAULT_INITIAL)
                .initial(params.path("init").asDouble());
        Weighting weighting =
                balancer.start(IntStream.range(0, tasks).mapToObj(t -> "t" + t).toList());
        double rate = params.path("lr").asDouble();
        Update update = Sgd.of(rate).start(tasks);
        float[] s = weighting.ownParameters();
        float[] gradient = new float[tasks];
        List<JsonNode> steps = each.path("steps").valueStream().toList();
        for (int n = 0; n < steps.size(); n++) {
            JsonNode expected = steps.get(n);
            assertAgrees("log_var_before", s, expected);
            WeighingStep step = Steps.ofLosses(Tensors.values(expected.path("losses")));
            step.bindOwn(s, gradient, 0);
            double[] weights = new double[tasks];
            weighting.weigh(step, weights);
            // at the first step every s is an exact float, so that the doubles must agree
            double tolerance = n == 0 ? Tensors.DOUBLE : Tensors.OUTPUT;
            Tensors.assertClose("weights", weights, Tensors.values(expected.path("weights")), tolerance);
            Tensors.assertGradient("log_var_grad", gradient, Tensors.values(expected.path("log_var_grad")));
            assertDirection(weights, expected, tolerance);
            update.step(s, gradient, rate);
            assertAgrees("log_var_after", s, expected);
        }
        assertThat(steps).isNotEmpty();
    }

    private static void assertAgrees(String name, float[] s, JsonNode expected) {
        if (expected.has(name)) {
            Tensors.assertClose(name, s, Tensors.values(expected.path(name)), Tensors.OUTPUT);
        }
    }

    private static void assertDirection(double[] weights, JsonNode expected, double tolerance) {
        if (expected.has("direction")) {
            double[][] gradients = expected.path("gradients")
                    .valueStream()
                    .map(Tensors::values)
                    .toArray(double[][]::new);
            double[] direction = Steps.combination(weights, gradients);
            Tensors.assertClose("direction", direction, Tensors.values(expected.path("direction")), tolerance);
        }
    }
}
