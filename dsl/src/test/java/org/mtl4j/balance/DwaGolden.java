package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import tools.jackson.databind.JsonNode;

/** LibMTL's and TorchJD's DWA against ours: epochs of one step each, with the mean losses of the file. */
public final class DwaGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden-1") && file.name().equals("dwa");
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        return each.path("params").path("T").isNumber()
                && each.path("history").path("epoch_losses").isArray()
                && each.path("steps").isArray();
    }

    @Override
    public void check(JsonNode each) {
        List<JsonNode> epochs =
                each.path("history").path("epoch_losses").valueStream().toList();
        double[] weights = new double[epochs.get(0).size()];
        WeighingStep step = Steps.ofLosses(weights);
        Dwa dwa = Dwa.asPublished().temperature(each.path("params").path("T").asDouble());
        Weighting weighting = dwa.start(step.names());
        for (JsonNode expected : each.path("steps").valueStream().toList()) {
            int epoch = expected.path("epoch").asInt();
            step.beginEpoch(epoch);
            if (epoch < epochs.size()) { // the weights of an epoch do not depend on its own losses
                System.arraycopy(Tensors.values(epochs.get(epoch)), 0, step.losses(), 0, weights.length);
            }
            weighting.weigh(step, weights);
            assertThat(weights).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
            if (!each.path("status").asString("ok").equals("ok")) {
                continue; // theirs is no number; ours is one
            }
            Tensors.assertClose("epoch " + epoch, weights, Tensors.values(expected.path("weights")), Tensors.DOUBLE);
            if (expected.has("direction")) {
                assertDirection(weights, each, expected);
            }
        }
    }

    private static void assertDirection(double[] weights, JsonNode each, JsonNode expected) {
        double[][] gradients =
                each.path("gradients").valueStream().map(Tensors::values).toArray(double[][]::new);
        double[] direction = Steps.combination(weights, gradients);
        Tensors.assertClose("direction", direction, Tensors.values(expected.path("direction")), Tensors.DOUBLE);
    }
}
