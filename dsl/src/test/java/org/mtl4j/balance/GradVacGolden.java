package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import tools.jackson.databind.JsonNode;

/** LibMTL's and TorchJD's GradVac against ours, in the order in which they visited the tasks. */
public final class GradVacGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden-1") && file.name().equals("gradvac");
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        JsonNode params = each.path("params");
        return each.path("steps").path(0).has("projection_order")
                && params.path("beta").isNumber()
                && params.path("group").asString("whole_model").equals("whole_model");
    }

    @Override
    public void check(JsonNode each) {
        List<JsonNode> steps = each.path("steps").valueStream().toList();
        int tasks = steps.get(0).path("gradients").size();
        GradVac gradvac = GradVac.asPublished()
                .beta(each.path("params").path("beta").asDouble())
                .eps(each.path("params").path("eps").asDouble(GradVac.DEFAULT_EPS));
        GradVac.Vaccine vaccine = (GradVac.Vaccine) gradvac.start(BalancerContract.tasks(tasks));
        for (JsonNode step : steps) {
            double[][] gradients =
                    step.path("gradients").valueStream().map(Tensors::values).toArray(double[][]::new);
            double[] weights = new double[tasks];
            for (int i = 0; i < tasks; i++) {
                int[] order = step.path("projection_order")
                        .path(i)
                        .valueStream()
                        .mapToInt(JsonNode::asInt)
                        .toArray();
                vaccine.vaccinate(i, order, order.length, Steps.ofGradients(gradients, 1), weights);
            }
            assertThat(weights).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
            if (each.path("status").asString("ok").equals("ok")) {
                assertStep(step, gradients, weights, vaccine);
            }
        }
    }

    private static void assertStep(JsonNode step, double[][] gradients, double[] weights, GradVac.Vaccine vaccine) {
        double[] expected = Tensors.values(step.path("direction"));
        double size = Math.max(1, Math.sqrt(Steps.dot(expected, expected)));
        double moved = step.path("sensitivity").path("direction_abs_change").asDouble(0);
        assertThat(Steps.combination(weights, gradients))
                .as("direction")
                .containsExactly(expected, within(Math.max(1e-8 * size, 10 * moved)));
        double[] targets = Tensors.values(step.path("rho_after"));
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; j < weights.length; j++) {
                assertThat(vaccine.target(i, j)).isCloseTo(targets[i * weights.length + j], within(1e-8));
            }
        }
    }
}
