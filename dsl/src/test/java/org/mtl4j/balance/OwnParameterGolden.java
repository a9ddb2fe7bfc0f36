package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import org.mtl4j.optimise.Sgd;
import org.mtl4j.optimise.Update;
import tools.jackson.databind.JsonNode;

/**
 * LibMTL's and TorchJD's methods with trained parameters against ours, whose parameters are floats that SGD trains.
 *
 * @param method as the file calls it
 * @param parameter what the file calls its parameters
 * @param balancer ours, from the params of a case
 */
public record OwnParameterGolden(String method, String parameter, Function<JsonNode, Balancer> balancer)
        implements Runner {

    /** Uncertainty weighting. */
    public static OwnParameterGolden uncertainty() {
        return new OwnParameterGolden(
                "uw",
                "log_var",
                params -> new Uncertainty(Uncertainty.DEFAULT_INITIAL)
                        .initial(params.path("init").asDouble()));
    }

    /** Impartial learning by the losses. */
    public static OwnParameterGolden imtlL() {
        return new OwnParameterGolden("imtl_l", "log_scale", params -> new ImtlL());
    }

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden-1") && file.name().equals(method);
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        JsonNode params = each.path("params");
        JsonNode first = each.path("steps").path(0);
        return params.path("optimizer").asString("").equals("SGD")
                && first.path("weights").isArray()
                && (params.path("init").isNumber() || method.equals("imtl_l"));
    }

    @Override
    public void check(JsonNode each) {
        JsonNode params = each.path("params");
        List<JsonNode> steps = each.path("steps").valueStream().toList();
        int tasks = steps.get(0).path("losses").size();
        Weighting weighting = balancer.apply(params).start(BalancerContract.tasks(tasks));
        double rate = params.path("lr").asDouble();
        Update update = Sgd.of(rate).start(tasks);
        float[] s = weighting.ownParameters();
        float[] gradient = new float[tasks];
        for (int n = 0; n < steps.size(); n++) {
            JsonNode expected = steps.get(n);
            assertAgrees(parameter + "_before", s, expected);
            WeighingStep step = Steps.ofLosses(Tensors.values(expected.path("losses")));
            step.bindOwn(s, gradient, 0);
            double[] weights = new double[tasks];
            weighting.weigh(step, weights);
            // at the first step every s is an exact float, so that the doubles must agree
            double tolerance = n == 0 ? Tensors.DOUBLE : Tensors.OUTPUT;
            Tensors.assertClose("weights", weights, Tensors.values(expected.path("weights")), tolerance);
            String slope = parameter + "_grad";
            Tensors.assertGradient(slope, gradient, Tensors.values(expected.path(slope)));
            Steps.assertDirection(weights, expected.path("gradients"), expected.path("direction"), tolerance);
            update.step(s, gradient, rate);
            assertAgrees(parameter + "_after", s, expected);
        }
        assertThat(steps).isNotEmpty();
    }

    private static void assertAgrees(String name, float[] s, JsonNode expected) {
        if (expected.has(name)) {
            Tensors.assertClose(name, s, Tensors.values(expected.path(name)), Tensors.OUTPUT);
        }
    }
}
