package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import tools.jackson.databind.JsonNode;

/** LibMTL's STCH, in log space with a nadir, and TorchJD's, with preferences and an ideal point, against ours. */
public final class StchGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden-1") && file.name().equals("stch");
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        JsonNode params = each.path("params");
        return params.path("mu").isNumber()
                && (isOfLogarithms(each) || params.path("lambda").isArray());
    }

    private static boolean isOfLogarithms(JsonNode each) {
        return each.path("history").path("nadir_epoch_losses").isArray()
                && each.path("steps").isArray();
    }

    @Override
    public void check(JsonNode each) {
        if (isOfLogarithms(each)) {
            checkLogarithms(each);
        } else {
            checkPreferences(each);
        }
    }

    /** Epoch 0 is for the steps of the warm-up, epoch 1 for those of the nadir, epoch 2 for the steps after it. */
    private static void checkLogarithms(JsonNode each) {
        List<JsonNode> steps = each.path("steps").valueStream().toList();
        Stch stch = Stch.asPublished()
                .smoothness(each.path("params").path("mu").asDouble())
                .warmUp(1);
        Weighting weighting =
                stch.start(BalancerContract.tasks(steps.get(0).path("losses").size()));
        steps.stream().filter(StchGolden::isOfWarmUp).forEach(step -> check(weighting, each, step, 0));
        for (JsonNode losses :
                each.path("history").path("nadir_epoch_losses").valueStream().toList()) {
            WeighingStep step = Steps.ofLosses(Tensors.values(losses));
            step.beginEpoch(1);
            weighting.weigh(step, new double[step.tasks()]);
        }
        steps.stream().filter(step -> !isOfWarmUp(step)).forEach(step -> check(weighting, each, step, 2));
        assertThat(steps).anyMatch(step -> !isOfWarmUp(step));
    }

    private static boolean isOfWarmUp(JsonNode step) {
        return step.path("phase").asString().startsWith("warmup");
    }

    private static void check(Weighting weighting, JsonNode each, JsonNode expected, int epoch) {
        WeighingStep step = Steps.ofLosses(Tensors.values(expected.path("losses")));
        step.beginEpoch(epoch);
        double[] weights = new double[step.tasks()];
        weighting.weigh(step, weights);
        Tensors.assertClose("weights", weights, Tensors.values(expected.path("weights")), Tensors.DOUBLE);
        Steps.assertDirection(weights, each.path("gradients"), expected.path("direction"), Tensors.DOUBLE);
    }

    private static void checkPreferences(JsonNode each) {
        JsonNode params = each.path("params");
        WeighingStep step = Steps.ofLosses(Tensors.values(each.path("losses")));
        double[] lambda = Tensors.values(params.path("lambda"));
        double[] ideal = Tensors.values(params.path("ideal"));
        Preference preference =
                Preference.of(new Scalariser.SmoothChebyshev(params.path("mu").asDouble()));
        for (int t = 0; t < step.tasks(); t++) {
            String task = step.names().get(t);
            preference = preference.with(task, lambda[t]);
            preference = params.has("ideal") ? preference.ideal(task, ideal[t]) : preference;
        }
        double[] weights = new double[step.tasks()];
        preference.start(step.names()).weigh(step, weights);
        Tensors.assertClose("weights", weights, Tensors.values(each.path("weights")), Tensors.DOUBLE);
    }
}
