package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;

import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import tools.jackson.databind.JsonNode;

/** The weights that LibMTL's and TorchJD's geometric mean applies against ours. */
public final class GlsGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden-1") && file.name().equals("gls");
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        return each.path("losses").isArray() && each.path("weights").isArray();
    }

    @Override
    public void check(JsonNode each) {
        WeighingStep step = Steps.ofLosses(Tensors.values(each.path("losses")));
        double[] weights = new double[step.tasks()];
        new Gls().start(step.names()).weigh(step, weights);
        assertThat(weights).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        if (!each.path("status").asString("ok").equals("ok")) {
            return; // theirs is no number; ours is one
        }
        Tensors.assertClose("weights", weights, Tensors.values(each.path("weights")), Tensors.DOUBLE);
        Steps.assertDirection(weights, each.path("gradients"), each.path("direction"), Tensors.DOUBLE);
    }
}
