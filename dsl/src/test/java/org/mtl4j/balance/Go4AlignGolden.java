package org.mtl4j.balance;

import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import tools.jackson.databind.JsonNode;

/** The authors' GO4Align with one group, or with groups by spectral clustering, against ours. */
public final class Go4AlignGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden-1") && file.name().equals("go4align");
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        JsonNode params = each.path("params");
        return params.path("num_groups").isNumber()
                && params.path("robust_step_size").isNumber()
                && (params.path("num_groups").asInt() == 1
                        || params.path("class").asString().endsWith("cluster_qr"))
                && each.path("steps").path(0).path("weights").isArray();
    }

    @Override
    public void check(JsonNode each) {
        List<JsonNode> steps = each.path("steps").valueStream().toList();
        int tasks = steps.get(0).path("losses").size();
        int groups = each.path("params").path("num_groups").asInt();
        Go4Align balancer = new Go4Align(
                groups, each.path("params").path("robust_step_size").asDouble(), Go4Align.Parting.SPECTRAL);
        Weighting whole = balancer.start(BalancerContract.tasks(tasks));
        Go4Align.Indicators indicators = balancer.new Indicators(tasks);
        for (JsonNode expected : steps) {
            WeighingStep step = Steps.ofLosses(Tensors.values(expected.path("losses")));
            double[] theirs = Tensors.values(expected.path("weights"));
            double[] own = new double[tasks];
            indicators.indicators(step, own);
            assertProbabilities(own, step, expected.path("adv_probs_after"));
            double[] weights = new double[tasks];
            whole.weigh(step, weights);
            Tensors.assertClose("weights", weights, theirs, Tensors.DOUBLE);
        }
    }

    /** p_i = u_i L_i / sum_j L_j. */
    private static void assertProbabilities(double[] indicators, WeighingStep step, JsonNode expected) {
        if (!expected.isMissingNode()) {
            double sum =
                    IntStream.range(0, step.tasks()).mapToDouble(step::loss).sum();
            double[] probabilities = IntStream.range(0, step.tasks())
                    .mapToDouble(t -> indicators[t] * step.loss(t) / sum)
                    .toArray();
            Tensors.assertClose("adv_probs", probabilities, Tensors.values(expected), Tensors.DOUBLE);
        }
    }
}
