package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FairGradTest extends BalancerContract {

    private static final FairGrad FAIRGRAD = FairGrad.of(2);

    @Override
    Balancer balancer(List<String> tasks) {
        return FAIRGRAD;
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR;
    }

    @Override
    String printed() {
        return "fairgrad(2.0)";
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void a_factor_c_on_gradients_divides_weights_by_its_power(double[][] gradients) {
        double[] plain = weights(FAIRGRAD, tasks(gradients.length), gradients, 1, 1);
        double[] scaled = weights(FAIRGRAD, tasks(gradients.length), gradients, 1024, 1);
        for (int t = 0; t < plain.length; t++) {
            boolean rests = Steps.dot(gradients[t], gradients[t]) == 0;
            double factor = rests ? 1 : StrictMath.pow(1024, 4 / 3.0);
            assertThat(scaled[t] * factor).isCloseTo(plain[t], within(1e-9 * plain[t]));
        }
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void the_equations_hold_or_the_weights_are_those_of_orthogonal_gradients(double[][] gradients) {
        for (double alpha : new double[] {0.5, 1, 2, 10}) {
            double[] weights = weights(FairGrad.of(alpha), tasks(gradients.length), gradients, 1, 1);
            double[] update = Steps.combination(weights, gradients);
            boolean canCancel = isAlone(weights, gradients, alpha);
            for (int t = 0; t < weights.length; t++) {
                double square = Steps.dot(gradients[t], gradients[t]);
                double expected = StrictMath.pow(weights[t], -1 / alpha);
                if (square == 0) {
                    assertThat(weights[t]).isEqualTo(1);
                } else if (!canCancel) {
                    assertThat(Steps.dot(update, gradients[t])).isCloseTo(expected, within(1e-9 * expected));
                }
            }
        }
    }

    private static boolean isAlone(double[] weights, double[][] gradients, double alpha) {
        for (int t = 0; t < weights.length; t++) {
            double square = Steps.dot(gradients[t], gradients[t]);
            double alone = square == 0 ? 1 : StrictMath.pow(square, -alpha / (1 + alpha));
            if (Math.abs(weights[t] - alone) > 1e-12 * alone) {
                return false;
            }
        }
        return true;
    }

    @Test
    void with_alpha_1_it_is_the_nash_bargaining_solution_and_a_large_alpha_serves_all_alike() {
        double[][] gradients = normal(4, 8, 1, 3);
        assertThat(weights(FairGrad.of(1), tasks(4), gradients, 1, 1))
                .containsExactly(weights(NashMtl.asPublished(), tasks(4), gradients, 1, 1));
        double[] update = Steps.combination(weights(FairGrad.of(10), tasks(4), gradients, 1, 1), gradients);
        double first = Steps.dot(update, gradients[0]);
        for (double[] gradient : gradients) {
            assertThat(Steps.dot(update, gradient)).isCloseTo(first, within(0.3 * first));
        }
    }

    @Test
    void opposite_gradients_are_weighed_as_orthogonal_ones() {
        double[][] opposite = {{4, 0}, {-2, 0}};
        double[] expected = {StrictMath.pow(16, -2 / 3.0), StrictMath.pow(4, -2 / 3.0)};
        assertThat(weights(FAIRGRAD, tasks(2), opposite, 1, 1)).containsExactly(expected, within(1e-15));
    }

    @Test
    void a_task_without_labels_takes_no_part_and_one_at_rest_gets_1() {
        double[][] gradients = {{0, 0}, {3, 0}, {1, 4}};
        double[] two = weights(FAIRGRAD, tasks(2), new double[][] {{3, 0}, {1, 4}}, 1, 1);
        WeighingStep step = Steps.ofGradients(gradients, 1);
        double[] weights = new double[3];
        FAIRGRAD.start(step.names()).weigh(step, weights);
        assertThat(weights).containsExactly(1, two[0], two[1]);
        step.labelled()[0] = 0;
        FAIRGRAD.start(step.names()).weigh(step, weights);
        assertThat(weights).containsExactly(0, two[0], two[1]);
        Arrays.fill(step.labelled(), 0);
        FAIRGRAD.start(step.names()).weigh(step, weights);
        assertThat(weights).containsExactly(0, 0, 0);
    }

    @Test
    void it_prints_its_withers_and_an_alpha_that_makes_no_sense_is_an_error() {
        assertThat(FairGrad.of(1).headsWeighted()).hasToString("fairgrad(1.0).headsWeighted()");
        assertThat(FAIRGRAD.headsWeighted().heads()).isEqualTo(Balancer.Heads.WEIGHTED);
        for (double bad : new double[] {0, -1, 11, Double.NaN}) {
            assertThatThrownBy(() -> FairGrad.of(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("fairgrad(" + bad + "): alpha is a number from 0.5 to 10.0.\n"
                            + "Give 1 for proportional fairness, or more for the worst-served task.");
        }
    }
}
