package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import tools.jackson.databind.JsonNode;

/**
 * LibMTL's and TorchJD's MGDA against ours, under every normalisation.
 *
 * <p>Theirs stop short of the minimum (see {@link Mgda}), so ours is held to the exact one: at most its norm, and no
 * vector of the hull nearer. Their direction d lies in the same hull, where ||d - d*||^2 &lt;= ||d||^2 - ||d*||^2: so ours
 * must be as near to theirs as their own norm allows.
 */
public final class MgdaGolden implements Runner {

    private static final Set<String> NORMALISATIONS = Set.of("none", "l2", "loss", "loss+");

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden-1") && file.name().equals("mgda");
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        return each.has("gradients") && NORMALISATIONS.contains(normalisation(each));
    }

    private static String normalisation(JsonNode each) {
        return each.path("params").path("mgda_gn").asString("none");
    }

    private static Mgda mgda(JsonNode each) {
        Mgda published = Mgda.asPublished();
        return switch (normalisation(each)) {
            case "l2" -> published.l2();
            case "loss" -> published.loss();
            case "loss+" -> published.lossPlus();
            default -> published;
        };
    }

    @Override
    public void check(JsonNode each) {
        double[][] gradients =
                each.path("gradients").valueStream().map(Tensors::values).toArray(double[][]::new);
        WeighingStep step = Steps.ofGradients(gradients, 1);
        if (each.path("losses").isArray()) {
            System.arraycopy(Tensors.values(each.path("losses")), 0, step.losses(), 0, gradients.length);
        }
        double[] weights = new double[gradients.length];
        mgda(each).start(step.names()).weigh(step, weights);
        double[] direction = Steps.combination(weights, gradients);
        assertThat(weights).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        assertOptimal(each, step, weights, direction);
        if (each.path("reference_exact").has("min_sq_norm")) {
            double exact = each.path("reference_exact").path("min_sq_norm").asDouble();
            assertThat(Steps.dot(direction, direction))
                    .as("squared norm")
                    .isLessThanOrEqualTo(exact * (1 + 1e-12) + 1e-28);
        }
        if (each.path("status").asString("ok").equals("ok")) {
            assertNearTheirs(each, direction);
        }
    }

    /** A point of the hull of the normalised gradients, which has none nearer. */
    private static void assertOptimal(JsonNode each, WeighingStep step, double[] weights, double[] direction) {
        double sum = 0;
        double reach = 0;
        boolean takesPart = false;
        for (int t = 0; t < weights.length; t++) {
            assertThat(weights[t]).isNotNegative();
            sum += weights[t] * norm(each, step, t);
            reach += weights[t] * Math.sqrt(step.gram(t, t));
            takesPart |= norm(each, step, t) > 0;
        }
        assertThat(sum).as("sum of the solution").isCloseTo(takesPart ? 1 : 0, within(1e-10));
        double square = Steps.dot(direction, direction);
        for (int t = 0; t < weights.length; t++) {
            double product =
                    Steps.dot(direction, Tensors.values(each.path("gradients").path(t)));
            double room = 1e-12 * reach * Math.sqrt(step.gram(t, t));
            if (norm(each, step, t) > 0) { // else it takes no part
                assertThat(product).as("task %d", t).isGreaterThanOrEqualTo(square * norm(each, step, t) - room);
            }
        }
    }

    private static double norm(JsonNode each, WeighingStep step, int t) {
        double length = Math.sqrt(step.gram(t, t));
        return switch (normalisation(each)) {
            case "l2" -> length;
            case "loss" -> step.loss(t);
            case "loss+" -> step.loss(t) * length;
            default -> 1;
        };
    }

    private static void assertNearTheirs(JsonNode each, double[] direction) {
        double[] theirs = Tensors.values(each.path("direction"));
        double excess = Math.max(0, Steps.dot(theirs, theirs) - Steps.dot(direction, direction));
        double moved = each.path("sensitivity").path("direction_abs_change").asDouble(0);
        double room = Math.sqrt(excess) + Math.max(1e-8, 10 * moved);
        assertThat(direction).as("direction").containsExactly(theirs, within(room));
    }
}
