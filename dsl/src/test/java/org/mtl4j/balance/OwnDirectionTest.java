package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnDirectionTest extends BalancerContract {

    private static final double[][] GRADIENTS = {{3, 0, 4}, {0, -2, 1}};

    private static OwnDirection own(OwnDirection.Formula formula) {
        return new OwnDirection("mine", formula, "");
    }

    /** w_i g_i, summed. */
    private static OwnDirection combining(double... weights) {
        return own(step -> {
            float[] sum = new float[step.parameters()];
            for (int p = 0; p < sum.length; p++) {
                double number = 0;
                for (int t = 0; t < weights.length; t++) {
                    number += weights[t] * step.gradients()[t * sum.length + p];
                }
                sum[p] = (float) number;
            }
            return sum;
        });
    }

    @Override
    Balancer balancer(List<String> tasks) {
        double[] halves = new double[tasks.size()];
        Arrays.fill(halves, 0.5); // whose products and sums in double precision are exact
        return combining(halves);
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    boolean weightsCanBeNegative() {
        return true;
    }

    @Override
    boolean hasOneAnswer(double[][] gradients) {
        return isIndependent(gradients);
    }

    @Override
    String printed() {
        return "direction(\"mine\")";
    }

    private static double[] weights(Balancer own, WeighingStep step) {
        double[] weights = new double[step.tasks()];
        own.start(step.names()).weigh(step, weights);
        return weights;
    }

    private static void assertRefused(OwnDirection own, String message) {
        assertThatThrownBy(() -> weights(own, Steps.ofGradients(GRADIENTS, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void the_answer_is_the_update() {
        Aggregator running = (Aggregator) own(step -> new float[] {7, 8, 9}).start(tasks(2));
        WeighingStep step = Steps.ofGradients(GRADIENTS, 1);
        running.weigh(step, new double[2]);
        float[] direction = new float[3];
        running.aggregate(step, direction);
        assertThat(direction).containsExactly(7, 8, 9);
    }

    @Test
    void the_weights_are_the_coefficients_of_a_combination() {
        double[] weights = weights(combining(0.25, -3), Steps.ofGradients(GRADIENTS, 1));
        assertThat(weights).containsExactly(new double[] {0.25, -3}, within(1e-9));
    }

    @Test
    void they_are_those_of_the_nearest_combination_of_any_other() {
        // (1, 1, 0) . g = 3, -2; the normal equations 25 a + 4 b = 3, 4 a + 5 b = -2
        double[] weights = weights(own(step -> new float[] {1, 1, 0}), Steps.ofGradients(GRADIENTS, 1));
        assertThat(weights).containsExactly(new double[] {23 / 109.0, -62 / 109.0}, within(1e-12));
    }

    @Test
    void gradients_that_depend_on_each_other_share_what_they_cannot_be_told_apart_by() {
        double[][] gradients = {{1, 0, 2}, {2, 0, 4}, {0, 0, 0}, {0, 1e-5, 0}};
        double[] weights = weights(combining(1, 0, 0, 5), Steps.ofGradients(gradients, 1));
        // in units of lengths each of the first two gives half
        assertThat(weights).containsExactly(new double[] {0.5, 0.25, 0, 5}, within(1e-5));
    }

    @Test
    void an_answer_that_is_no_update_is_named() {
        assertRefused(
                own(step -> null),
                "direction(\"mine\"): it answered null in step 0.\n"
                        + "Answer one number for each of the 3 shared parameters.");
        assertRefused(
                own(step -> new float[2]),
                "direction(\"mine\"): it answered 2 numbers for 3 shared parameters.\n"
                        + "Answer one number for each of them, in the order of the gradients' columns.");
        assertRefused(
                own(step -> new float[] {0, 1, Float.NaN}),
                "direction(\"mine\"): number 2 of its answer in step 0 is NaN.\n"
                        + "The losses are [1.0, 1.0]: let the formula answer finite numbers for their gradients.");
    }

    @Test
    void an_answer_to_a_loss_that_is_not_finite_is_not_checked() {
        WeighingStep step = Steps.ofGradients(GRADIENTS, 1);
        step.losses()[1] = Double.POSITIVE_INFINITY;
        assertThat(weights(own(s -> new float[] {Float.NaN, 0, 0}), step)).containsExactly(0, 0);
    }

    @Test
    void name_and_version_stand_for_the_formula() {
        OwnDirection own = own(step -> new float[0]);
        assertThat(own).isEqualTo(own(step -> new float[1])).hasSameHashCodeAs(own(step -> new float[1]));
        assertThat(own.version("2")).isNotEqualTo(own).hasToString("direction(\"mine\").version(\"2\")");
        assertThat(own.formulas()).containsExactly("direction(\"mine\")");
        assertThatThrownBy(() -> new OwnDirection(" ", step -> new float[0], ""))
                .hasMessage("direction(\" \", ..): it has no name.\n"
                        + "Name it as it shall stand in tables: direction(\"mean\", (gradients, step) -> ..).");
    }
}
