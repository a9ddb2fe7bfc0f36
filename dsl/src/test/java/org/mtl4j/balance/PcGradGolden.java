package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import tools.jackson.databind.JsonNode;

/**
 * TorchJD's and LibMTL's PCGrad against ours, in the order in which they visited the tasks.
 *
 * <p>TorchJD's convention is ours. LibMTL differs in two ways: it visits j = i too, and it divides by ||g_j||^2 + 1e-8.
 * Both are put to our projection from outside: i stays in the order, and the diagonal of the Gram has 1e-8 more. A task
 * j other than i is visited once, with c_j = 0 until then, so the diagonal reaches the divisor alone, as in LibMTL; at j =
 * i it reaches the tested product too, which moves c_i by at most 1e-8 / ||g_i||^2.
 */
public final class PcGradGolden implements Runner {

    private static final double LIBMTL_EPSILON = 1e-8;

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden-1") && file.name().equals("pcgrad");
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        return each.has("gradients") && (isLibMtl(each) || project(each).equals("torchjd"));
    }

    private static String project(JsonNode each) {
        return each.path("source").path("project").asString("");
    }

    private static boolean isLibMtl(JsonNode each) {
        return project(each).equals("LibMTL");
    }

    @Override
    public void check(JsonNode each) {
        double[][] gradients =
                each.path("gradients").valueStream().map(Tensors::values).toArray(double[][]::new);
        double[] weights = weights(each, gradients);
        double[] direction = Steps.combination(weights, gradients);
        assertThat(direction).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        if (each.path("status").asString("ok").equals("ok")) {
            double moved = each.path("sensitivity").path("direction_abs_change").asDouble(0);
            assertThat(direction)
                    .as("direction")
                    .containsExactly(Tensors.values(each.path("direction")), within(Math.max(1e-8, 10 * moved)));
            if (!isLibMtl(each)) {
                Tensors.assertClose("weights", weights, Tensors.values(each.path("weights")), Tensors.DOUBLE);
            }
        }
    }

    private static double[] weights(JsonNode each, double[][] gradients) {
        int tasks = gradients.length;
        WeighingStep step = Steps.ofGradients(gradients, 1);
        if (isLibMtl(each)) {
            for (int t = 0; t < tasks; t++) {
                step.gram()[t * tasks + t] += LIBMTL_EPSILON;
            }
        }
        int[][] orders = each.path("random")
                .path("projection_order")
                .valueStream()
                .map(order -> order.valueStream().mapToInt(JsonNode::asInt).toArray())
                .toArray(int[][]::new);
        return ReplayedPcGrad.weights(step, orders, isLibMtl(each));
    }
}
