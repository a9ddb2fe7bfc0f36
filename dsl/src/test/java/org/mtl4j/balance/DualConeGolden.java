package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import tools.jackson.databind.JsonNode;

/** TorchJD's and LibMTL's UPGrad, and TorchJD's DualProj, against ours. */
public final class DualConeGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden-1")
                && (file.name().equals("upgrad") || file.name().equals("dualproj"));
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        JsonNode params = each.path("params");
        return each.has("gradients")
                && params.path("norm_eps").isNumber()
                && params.path("reg_eps").isNumber()
                && params.path("pref").asString("1/T").equals("1/T");
    }

    @Override
    public void check(JsonNode each) {
        double[][] gradients =
                each.path("gradients").valueStream().map(Tensors::values).toArray(double[][]::new);
        double normEps = each.path("params").path("norm_eps").asDouble();
        double regEps = each.path("params").path("reg_eps").asDouble();
        Balancer balancer = each.path("method").asString("").equals("upgrad")
                ? UpGrad.asPublished().normEps(normEps).regEps(regEps)
                : DualProj.asPublished().normEps(normEps).regEps(regEps);
        WeighingStep step = Steps.ofGradients(gradients, 1);
        double[] weights = new double[gradients.length];
        balancer.start(step.names()).weigh(step, weights);
        assertThat(weights).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        if (each.path("status").asString("ok").equals("ok")) {
            double moved = each.path("sensitivity").path("direction_abs_change").asDouble(0);
            double[] direction = Steps.combination(weights, gradients);
            assertThat(direction)
                    .as("direction")
                    .containsExactly(Tensors.values(each.path("direction")), within(Math.max(1e-8, 10 * moved)));
            Tensors.assertClose("weights", weights, Tensors.values(each.path("weights")), 1e-8);
        }
    }
}
