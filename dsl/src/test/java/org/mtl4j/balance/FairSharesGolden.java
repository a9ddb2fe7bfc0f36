package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import tools.jackson.databind.JsonNode;

/**
 * LibMTL's and TorchJD's Nash-MTL and FairGrad against ours: (G w)_i = w_i^-p, with p = 1 for Nash-MTL.
 *
 * <p>Theirs stop short of the solution, so ours is held to the equations, and to the file's exact solution. With e_i =
 * (G w')_i - w'_i^-p the error of theirs, and w^-p falling in w, ||sum_i (w_i - w'_i) g_i||^2 &lt;= sum_i |w_i - w'_i| |e_i|:
 * so ours must be as near to theirs as their own error allows.
 */
public final class FairSharesGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden-1")
                && (file.name().equals("nash_mtl") || file.name().equals("fairgrad"));
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        JsonNode params = each.path("params");
        return (each.has("gradients") || each.has("steps"))
                && (isNash(each)
                        ? params.path("update_weights_every").isNumber()
                                && params.path("max_norm").isNumber()
                        : params.path("alpha").isNumber());
    }

    private static boolean isNash(JsonNode each) {
        return each.path("method").asString("").equals("nash_mtl");
    }

    private static double power(JsonNode each) {
        return isNash(each) ? 1 : 1 / each.path("params").path("alpha").asDouble();
    }

    private static double maxNorm(JsonNode each) {
        return each.path("params").path("max_norm").asDouble(0);
    }

    private static Balancer balancer(JsonNode each) {
        return isNash(each)
                ? NashMtl.asPublished()
                        .every(each.path("params").path("update_weights_every").asInt())
                : FairGrad.of(each.path("params").path("alpha").asDouble());
    }

    @Override
    public void check(JsonNode each) {
        List<JsonNode> steps =
                each.has("steps") ? each.path("steps").valueStream().toList() : List.of(each);
        double[][] solved = gradients(each, steps.get(0));
        Weighting weighting = balancer(each).start(BalancerContract.tasks(solved.length));
        int every = each.path("params").path("update_weights_every").asInt(1);
        for (int s = 0; s < steps.size(); s++) {
            double[][] gradients = gradients(each, steps.get(s));
            solved = s % every == 0 ? gradients : solved;
            double[] weights = new double[gradients.length];
            weighting.weigh(Steps.ofGradients(gradients, 1), weights);
            assertThat(weights).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
            if (!canCancel(solved)) {
                assertSolves(solved, weights, power(each));
                assertNearExact(each, weights);
                if (each.path("status").asString("ok").equals("ok")) {
                    assertNearTheirs(each, steps.get(s), solved, gradients, weights);
                }
            }
        }
    }

    private static double[][] gradients(JsonNode each, JsonNode step) {
        return (step.has("gradients") ? step : each)
                .path("gradients")
                .valueStream()
                .map(Tensors::values)
                .toArray(double[][]::new);
    }

    /** Whether there is no solution: one is zero, or zero lies between their directions. */
    private static boolean canCancel(double[][] gradients) {
        int n = gradients.length;
        WeighingStep step = Steps.ofGradients(gradients, 1);
        double[] cosines = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                cosines[i * n + j] = step.gram(i, j) / Math.sqrt(step.gram(i, i)) / Math.sqrt(step.gram(j, j));
            }
        }
        double[] nearest = new double[n];
        new MinNorm(n).solve(cosines, n, nearest);
        double square = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                square += nearest[i] * cosines[i * n + j] * nearest[j];
            }
        }
        return !(square > 1e-12);
    }

    private static void assertSolves(double[][] gradients, double[] weights, double power) {
        double[] update = Steps.combination(weights, gradients);
        double reach = 0;
        for (int t = 0; t < weights.length; t++) {
            reach += weights[t] * Math.sqrt(Steps.dot(gradients[t], gradients[t]));
        }
        for (int t = 0; t < weights.length; t++) {
            double wanted = StrictMath.pow(weights[t], -power);
            double rounding = 1e-13 * reach * Math.sqrt(Steps.dot(gradients[t], gradients[t]));
            assertThat(Steps.dot(update, gradients[t])).isCloseTo(wanted, within(1e-11 * wanted + rounding));
        }
    }

    private static void assertNearExact(JsonNode each, double[] weights) {
        JsonNode exact = each.path("reference_exact").path(isNash(each) ? "alpha" : "weights");
        if (exact.isArray()) {
            double[] expected = Tensors.values(exact);
            for (int t = 0; t < weights.length; t++) {
                assertThat(weights[t]).as("weight %d", t).isCloseTo(expected[t], within(1e-8 * expected[t]));
            }
        }
    }

    private static void assertNearTheirs(
            JsonNode each, JsonNode step, double[][] solved, double[][] gradients, double[] weights) {
        double[] theirs = Tensors.values(step.path("weights"));
        double[] update = Steps.combination(theirs, solved);
        double[] difference = new double[weights.length];
        double room = 0;
        double carried = 0;
        for (int t = 0; t < weights.length; t++) {
            difference[t] = weights[t] - theirs[t];
            double error = Steps.dot(update, solved[t]) - StrictMath.pow(theirs[t], -power(each));
            room += Math.abs(difference[t]) * Math.abs(error);
            carried += Math.abs(difference[t]) * Math.sqrt(Steps.dot(gradients[t], gradients[t]));
        }
        double[] apart = Steps.combination(difference, solved);
        assertThat(Steps.dot(apart, apart)).isLessThanOrEqualTo(room * (1 + 1e-6) + 1e-18);
        double[] direction = Steps.combination(weights, gradients);
        double length = Math.sqrt(Steps.dot(direction, direction));
        double limit = maxNorm(each);
        double scale = limit > 0 && length > limit ? limit / length : 1;
        double moved = step.path("sensitivity").path("direction_abs_change").asDouble(0);
        double clip = limit > 0 ? 1e-6 * scale : 0; // theirs divides by the length + 1e-6
        assertThat(Arrays.stream(direction).map(d -> scale * d).toArray())
                .as("direction")
                .containsExactly(
                        Tensors.values(step.path("direction")),
                        within(2 * scale * carried + clip + Math.max(1e-8, 10 * moved)));
    }
}
