package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import tools.jackson.databind.JsonNode;

/**
 * The authors' GO4Align against ours. With one group, or as many as there are tasks, all is compared. Else the authors part
 * the tasks by spectral clustering of a matrix of rank 1, which is arbitrary: their groups are read off their weights, and
 * the indicators of ours are averaged over these. What is not compared then is which tasks are together.
 */
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
                && each.path("steps").path(0).path("weights").isArray();
    }

    @Override
    public void check(JsonNode each) {
        List<JsonNode> steps = each.path("steps").valueStream().toList();
        int tasks = steps.get(0).path("losses").size();
        int groups = each.path("params").path("num_groups").asInt();
        Go4Align balancer = Go4Align.asPublished()
                .groups(groups)
                .rate(each.path("params").path("robust_step_size").asDouble());
        boolean partsAlike = groups == 1 || groups >= tasks;
        Weighting whole = balancer.start(BalancerContract.tasks(tasks));
        Go4Align.Indicators indicators = balancer.new Indicators(tasks);
        for (JsonNode expected : steps) {
            WeighingStep step = Steps.ofLosses(Tensors.values(expected.path("losses")));
            double[] theirs = Tensors.values(expected.path("weights"));
            double[] own = new double[tasks];
            indicators.indicators(step, own);
            assertProbabilities(own, step, expected.path("adv_probs_after"));
            Tensors.assertClose("weights", averaged(own, theirs), theirs, Tensors.DOUBLE);
            double[] weights = new double[tasks];
            whole.weigh(step, weights);
            if (partsAlike) {
                Tensors.assertClose("weights", weights, theirs, Tensors.DOUBLE);
            }
            assertThat(IntStream.range(0, tasks).mapToDouble(t -> weights[t]).distinct())
                    .hasSizeLessThanOrEqualTo(groups);
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

    /** The mean of ours over the tasks that weigh the same as this one in theirs. */
    private static double[] averaged(double[] ours, double[] theirs) {
        return IntStream.range(0, ours.length)
                .mapToDouble(t -> IntStream.range(0, ours.length)
                        .filter(other -> theirs[other] == theirs[t])
                        .mapToDouble(other -> ours[other])
                        .average()
                        .orElseThrow())
                .toArray();
    }
}
