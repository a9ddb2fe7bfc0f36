package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import tools.jackson.databind.JsonNode;

/** LibMTL's and TorchJD's FAMO against ours: the weights of each step, and the logits by the weights of the next. */
public final class FamoGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden-1") && file.name().equals("famo");
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        JsonNode params = each.path("params");
        return each.path("steps").isArray()
                && params.path("optimizer").asString("").startsWith("Adam")
                && params.path("w_lr").isNumber()
                && params.path("w_weight_decay").isNumber()
                && (params.path("min_losses").isNumber()
                        || params.path("min_losses").isArray());
    }

    private static Famo famo(JsonNode each, int tasks) {
        JsonNode params = each.path("params");
        Famo famo = Famo.asPublished()
                .rate(params.path("w_lr").asDouble())
                .decay(params.path("w_weight_decay").asDouble());
        JsonNode least = params.path("min_losses");
        for (int t = 0; t < tasks; t++) {
            famo = famo.atLeast("task " + t, least.isArray() ? least.path(t).asDouble() : least.asDouble());
        }
        return famo;
    }

    @Override
    public void check(JsonNode each) {
        List<JsonNode> steps = each.path("steps").valueStream().toList();
        assertThat(steps).isNotEmpty();
        int tasks = steps.get(0).path("losses").size();
        Weighting weighting = famo(each, tasks).start(BalancerContract.tasks(tasks));
        for (JsonNode expected : steps) {
            double[] weights = new double[tasks];
            weighting.weigh(Steps.ofLosses(Tensors.values(expected.path("losses"))), weights);
            Tensors.assertClose("weights", weights, Tensors.values(expected.path("weights")), Tensors.DOUBLE);
            weighting.hear(Steps.ofLosses(Tensors.values(expected.path("losses_after"))));
            Logged logits = new Logged();
            weighting.state(logits);
            Tensors.assertClose(
                    "logits",
                    logits.reals("famo logits"),
                    Tensors.values(expected.path("logits_after")),
                    Tensors.DOUBLE);
        }
    }
}
