package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import org.mtl4j.optimise.Sgd;
import org.mtl4j.optimise.Update;
import tools.jackson.databind.JsonNode;

/**
 * LibMTL's IMTL, both halves, against ours, whose scales are floats that SGD trains. Where gradients depend on each other LibMTL
 * inverts a matrix that has no inverse, or comes to an update of 0: there the weights need only be finite, and the scales agree.
 */
public final class ImtlGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden-1") && file.name().equals("imtl_hybrid");
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        JsonNode first = each.path("steps").path(0);
        return each.path("params").path("optimizer").asString("").equals("SGD")
                && first.path("gradients").isArray()
                && first.path("log_scale_before").isArray();
    }

    @Override
    public void check(JsonNode each) {
        List<JsonNode> steps = each.path("steps").valueStream().toList();
        assertThat(steps).isNotEmpty();
        int tasks = steps.get(0).path("losses").size();
        Weighting weighting = new Imtl().start(BalancerContract.tasks(tasks));
        double rate = each.path("params").path("lr").asDouble();
        Update update = Sgd.of(rate).start(tasks);
        float[] s = weighting.ownParameters();
        float[] slope = new float[tasks];
        for (JsonNode expected : steps) {
            Tensors.assertClose("s", s, Tensors.values(expected.path("log_scale_before")), Tensors.OUTPUT);
            double[][] gradients = expected.path("gradients")
                    .valueStream()
                    .map(Tensors::values)
                    .toArray(double[][]::new);
            WeighingStep step = Steps.ofGradients(gradients, 1);
            System.arraycopy(Tensors.values(expected.path("losses")), 0, step.losses(), 0, tasks);
            step.bindOwn(s, slope, 0);
            check(weighting, step, gradients, expected);
            Tensors.assertGradient("slope", slope, Tensors.values(expected.path("log_scale_grad")));
            update.step(s, slope, rate);
            Tensors.assertClose("s", s, Tensors.values(expected.path("log_scale_after")), Tensors.OUTPUT);
        }
    }

    private static void check(Weighting weighting, WeighingStep step, double[][] gradients, JsonNode expected) {
        double[] weights = new double[gradients.length];
        double[] heads = new double[gradients.length];
        weighting.weigh(step, weights);
        weighting.weighHeads(heads);
        double[] given = new double[weights.length];
        double largest = 1;
        for (int t = 0; t < weights.length; t++) {
            assertThat(weights[t]).isFinite();
            given[t] = weights[t] / heads[t]; // of the scaled gradients
            largest = Math.max(largest, Math.abs(given[t]));
        }
        if (isIndependent(gradients) && expected.path("returned_weights").isArray()) {
            double tolerance = Tensors.OUTPUT * largest;
            Tensors.assertClose("weights", given, Tensors.values(expected.path("returned_weights")), tolerance);
            Tensors.assertClose(
                    "direction",
                    Steps.combination(weights, gradients),
                    Tensors.values(expected.path("direction")),
                    tolerance);
        }
    }

    private static boolean isIndependent(double[][] gradients) {
        int n = gradients.length;
        double[] cosines = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double lengths = Math.sqrt(Steps.dot(gradients[i], gradients[i]))
                        * Math.sqrt(Steps.dot(gradients[j], gradients[j]));
                cosines[i * n + j] = lengths > 0 ? Steps.dot(gradients[i], gradients[j]) / lengths : 0;
            }
        }
        Eigen eigen = new Eigen(n);
        eigen.decompose(cosines, n);
        return eigen.rank(1e-10) == n;
    }
}
