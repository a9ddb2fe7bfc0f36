package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PcGradTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return PcGrad.asPublished();
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    boolean hasOneAnswer(double[][] gradients) {
        return gradients.length <= 2; // the order of visits is drawn: with two tasks there is but one
    }

    @Override
    String printed() {
        return "pcgrad()";
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void of_two_tasks_the_update_conflicts_with_neither(double[][] gradients) {
        double[][] two = {gradients[0], gradients[gradients.length - 1]};
        double[] update = Steps.combination(weights(PcGrad.asPublished(), tasks(2), two, 1, 1), two);
        for (double[] gradient : two) {
            double room = 1e-12 * Math.sqrt(Steps.dot(gradient, gradient) * Steps.dot(update, update));
            double size = Math.sqrt(Steps.dot(gradient, gradient) * Steps.dot(two[0], two[0]));
            assertThat(Steps.dot(update, gradient)).isGreaterThanOrEqualTo(-room - 1e-12 * size);
        }
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void gradients_that_do_not_conflict_are_summed(double[][] gradients) {
        double[][] one = {gradients[0], gradients[0], gradients[0]};
        assertThat(weights(PcGrad.asPublished(), tasks(3), one, 1, 1)).containsExactly(1, 1, 1);
    }

    @Test
    void the_update_is_that_of_the_algorithm_on_the_gradients_themselves() {
        for (long seed = 1; seed <= 20; seed++) {
            double[][] gradients = normal(4, 6, 1, seed);
            int[][] orders = {{3, 1, 2}, {0, 2, 3}, {1, 0, 3}, {2, 0, 1}};
            double[] expected = new double[6];
            for (int i = 0; i < 4; i++) {
                double[] projected = gradients[i].clone();
                for (int j : orders[i]) {
                    double product = Steps.dot(projected, gradients[j]);
                    if (product < 0) {
                        double share = product / Steps.dot(gradients[j], gradients[j]);
                        for (int p = 0; p < 6; p++) {
                            projected[p] -= share * gradients[j][p];
                        }
                    }
                }
                for (int p = 0; p < 6; p++) {
                    expected[p] += projected[p];
                }
            }
            WeighingStep step = Steps.ofGradients(gradients, seed);
            double[] weights = ReplayedPcGrad.weights(step, orders, false);
            assertThat(Steps.combination(weights, gradients)).containsExactly(expected, within(1e-11));
        }
    }

    @Test
    void the_order_of_visits_is_drawn_from_the_runs_generator() {
        double[][] gradients = normal(5, 3, 1, 9);
        double[] one = weights(PcGrad.asPublished(), tasks(5), gradients, 1, 1);
        double[] other = weights(PcGrad.asPublished(), tasks(5), gradients, 1, 2);
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void heads_get_weight_1_unless_asked_otherwise() {
        assertThat(PcGrad.asPublished().heads()).isEqualTo(Balancer.Heads.UNIT);
        assertThat(PcGrad.asPublished().headsWeighted().heads()).isEqualTo(Balancer.Heads.WEIGHTED);
        assertThat(PcGrad.asPublished().headsWeighted()).hasToString("pcgrad().headsWeighted()");
        assertThat(PcGrad.asPublished().needs()).isEqualTo(Balancer.Needs.GRAM);
    }
}
