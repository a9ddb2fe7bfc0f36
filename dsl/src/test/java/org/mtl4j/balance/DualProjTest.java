package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DualProjTest extends BalancerContract {

    private static final DualProj DUALPROJ = DualProj.asPublished();

    @Override
    Balancer balancer(List<String> tasks) {
        return DUALPROJ.normEps(0);
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    boolean hasOneAnswer(double[][] gradients) {
        return gradients.length <= gradients[0].length; // else rounding is seen through a condition of 1e4
    }

    @Override
    String printed() {
        return "dualproj().normEps(0.0)";
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void the_update_conflicts_with_no_task_but_for_what_regularity_costs(double[][] gradients) {
        double[] weights = weights(DUALPROJ.normEps(0).regEps(1e-8), tasks(gradients.length), gradients, 1, 1);
        double[] update = Steps.combination(weights, gradients);
        double trace =
                Arrays.stream(gradients).mapToDouble(g -> Steps.dot(g, g)).sum();
        for (int t = 0; t < weights.length; t++) {
            assertThat(weights[t]).isGreaterThanOrEqualTo(1.0 / weights.length);
            assertThat(Steps.dot(update, gradients[t]))
                    .isGreaterThanOrEqualTo(-1e-8 * trace * weights[t] * (1 + 1e-6) - 1e-12 * trace);
        }
    }

    /** The condition of a projection: the way back to the mean is at right angles to the update, up to regularity. */
    @ParameterizedTest
    @MethodSource("gradients")
    void no_other_update_without_conflict_is_nearer_to_the_mean(double[][] gradients) {
        int n = gradients.length;
        double[] weights = weights(DUALPROJ.normEps(0).regEps(1e-8), tasks(n), gradients, 1, 1);
        double[] update = Steps.combination(weights, gradients);
        double[] way =
                Steps.combination(Arrays.stream(weights).map(w -> w - 1.0 / n).toArray(), gradients);
        double trace =
                Arrays.stream(gradients).mapToDouble(g -> Steps.dot(g, g)).sum();
        double squares = Arrays.stream(weights).map(w -> w * w).sum();
        assertThat(Steps.dot(way, update)).isCloseTo(0, within(1e-7 * trace * squares));
    }

    @Test
    void a_mean_that_conflicts_with_none_stays_and_another_moves_to_the_plane_of_the_task() {
        assertThat(weights(DUALPROJ, tasks(3), new double[][] {{1, 0}, {-1, 1}, {1, 2}}, 1, 1))
                .containsExactly(1 / 3.0, 1 / 3.0, 1 / 3.0);
        double[][] gradients = {{4, 0}, {-1, 1}};
        // the mean (1.5, 0.5) conflicts with the second: v_1 = -H_10 / H_11 / 2
        double expected = 4 / 18.0 / (2 / 18.0 + 1e-4) / 2;
        assertThat(weights(DUALPROJ, tasks(2), gradients, 1, 1))
                .containsExactly(new double[] {0.5, expected}, within(1e-14));
    }

    @Test
    void a_task_without_labels_takes_no_part() {
        double[][] gradients = {{0, 0}, {4, 0}, {-1, 1}};
        WeighingStep step = Steps.ofGradients(gradients, 1);
        step.labelled()[0] = 0;
        double[] weights = new double[3];
        DUALPROJ.start(step.names()).weigh(step, weights);
        double[] two = weights(DUALPROJ, tasks(2), new double[][] {{4, 0}, {-1, 1}}, 1, 1);
        assertThat(weights).containsExactly(0, two[0], two[1]);
    }

    @Test
    void it_prints_its_withers_and_names_itself_in_errors() {
        assertThat(DUALPROJ).hasToString("dualproj()");
        assertThat(DUALPROJ.regEps(0.01).headsWeighted()).hasToString("dualproj().regEps(0.01).headsWeighted()");
        assertThat(DUALPROJ.headsWeighted().heads()).isEqualTo(Balancer.Heads.WEIGHTED);
        assertThatThrownBy(() -> DUALPROJ.regEps(0))
                .hasMessage(
                        "dualproj().regEps(0.0): it is a number from 1e-12 to 1, which keeps the quadratic program regular.\n"
                                + "Give TorchJD's 1e-4, or less for a projection that leaves less conflict.");
    }
}
