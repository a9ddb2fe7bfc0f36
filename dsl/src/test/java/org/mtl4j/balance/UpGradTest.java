package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UpGradTest extends BalancerContract {

    private static final UpGrad UPGRAD = UpGrad.asPublished();

    @Override
    Balancer balancer(List<String> tasks) {
        return UPGRAD.normEps(0); // with the default, gradients of less than 1e-2 are averaged: see below
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
        return "upgrad().normEps(0.0)";
    }

    private static double length(double[] vector) {
        return Math.sqrt(Steps.dot(vector, vector));
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void the_update_conflicts_with_no_task_but_for_what_regularity_costs(double[][] gradients) {
        for (double eps : new double[] {1e-4, 1e-8}) {
            UpGrad upgrad = UPGRAD.normEps(0).regEps(eps);
            double[] weights = weights(upgrad, tasks(gradients.length), gradients, 1, 1);
            double[] update = Steps.combination(weights, gradients);
            double trace =
                    Arrays.stream(gradients).mapToDouble(g -> Steps.dot(g, g)).sum();
            for (int t = 0; t < weights.length; t++) {
                // (H v)_t >= 0 with H = G / trace + eps I
                assertThat(Steps.dot(update, gradients[t]))
                        .isGreaterThanOrEqualTo(-eps * trace * weights[t] * (1 + 1e-6) - 1e-12 * trace);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void the_projections_are_those_found_by_trying_all_sides(double[][] gradients) {
        int n = gradients.length;
        double trace =
                Arrays.stream(gradients).mapToDouble(g -> Steps.dot(g, g)).sum();
        double[] weights = weights(UPGRAD, tasks(n), gradients, 1, 1);
        if (trace < 1e-4) {
            assertThat(weights).containsOnly(1.0 / n);
            return;
        }
        double[] sum = new double[n];
        for (int i = 0; i < n; i++) {
            double[] v = projected(gradients, trace, i);
            for (int j = 0; j < n; j++) {
                sum[j] += v[j];
            }
        }
        assertThat(weights).containsExactly(sum, within(1e-9));
    }

    /** argmin v^T H v over v >= e_i / n, by Hildreth's method: one coordinate after the other. */
    private static double[] projected(double[][] gradients, double trace, int i) {
        int n = gradients.length;
        double[] v = new double[n];
        v[i] = 1.0 / n;
        for (int sweep = 0; sweep < 400_000; sweep++) {
            double moved = 0;
            for (int j = 0; j < n; j++) {
                double slope = 1e-4 * v[j];
                double curve = Steps.dot(gradients[j], gradients[j]) / trace + 1e-4;
                for (int k = 0; k < n; k++) {
                    slope += Steps.dot(gradients[j], gradients[k]) / trace * v[k];
                }
                double next = Math.max(j == i ? 1.0 / n : 0, v[j] - slope / curve);
                moved = Math.max(moved, Math.abs(next - v[j]));
                v[j] = next;
            }
            if (moved < 1e-15) {
                break;
            }
        }
        return v;
    }

    @Test
    void gradients_that_do_not_conflict_are_averaged() {
        double[][] gradients = {{1, 0}, {1, 1}, {0, 2}};
        assertThat(weights(UPGRAD, tasks(3), gradients, 1, 1)).containsExactly(1 / 3.0, 1 / 3.0, 1 / 3.0);
    }

    @Test
    void of_two_tasks_each_is_projected_onto_the_plane_of_the_other() {
        double[][] gradients = {{1, 0}, {-1, 2}};
        // u_0 = (1, 0) / 2: v_1 = -H_10 / H_11 / 2, and so for the other
        double h11 = 5 / 6.0 + 1e-4;
        double h00 = 1 / 6.0 + 1e-4;
        double h01 = -1 / 6.0;
        double[] expected = {0.5 - h01 / h00 / 2, 0.5 - h01 / h11 / 2};
        assertThat(weights(UPGRAD, tasks(2), gradients, 1, 1)).containsExactly(expected, within(1e-14));
    }

    @Test
    void gradients_whose_squares_sum_to_less_than_norm_eps_are_averaged() {
        double[][] small = {{7e-3, 0}, {-7e-3, 1e-3}};
        assertThat(weights(UPGRAD, tasks(2), small, 1, 1)).containsExactly(0.5, 0.5);
        assertThat(weights(UPGRAD.normEps(1e-5), tasks(2), small, 1, 1)[0]).isGreaterThan(0.9);
        assertThat(weights(UPGRAD, tasks(2), small, 2, 1))
                .containsExactly(weights(UPGRAD.normEps(1e-5), tasks(2), small, 1, 1), within(1e-12));
    }

    @Test
    void a_task_without_labels_takes_no_part_and_one_at_rest_changes_nothing() {
        double[][] gradients = {{0, 0}, {3, 0}, {-1, 4}};
        double[] two = weights(UPGRAD, tasks(2), new double[][] {{3, 0}, {-1, 4}}, 1, 1);
        WeighingStep step = Steps.ofGradients(gradients, 1);
        double[] weights = new double[3];
        UPGRAD.start(step.names()).weigh(step, weights);
        assertThat(weights).containsExactly(new double[] {1 / 3.0, two[0] * 2 / 3, two[1] * 2 / 3}, within(1e-12));
        step.labelled()[0] = 0;
        UPGRAD.start(step.names()).weigh(step, weights);
        assertThat(weights).containsExactly(0, two[0], two[1]);
        Arrays.fill(step.labelled(), 0);
        UPGRAD.start(step.names()).weigh(step, weights);
        assertThat(weights).containsExactly(0, 0, 0);
    }

    @Test
    void one_task_gets_1_and_opposite_ones_cancel() {
        assertThat(weights(UPGRAD, tasks(1), new double[][] {{3, 4}}, 1, 1)).containsExactly(1);
        double[] opposite = weights(UPGRAD, tasks(2), new double[][] {{3, 4}, {-3, -4}}, 1, 1);
        assertThat(opposite[0]).isEqualTo(opposite[1]).isCloseTo(0.5 + 0.25 / (0.5 + 1e-4), within(1e-14));
        assertThat(length(Steps.combination(opposite, new double[][] {{3, 4}, {-3, -4}})))
                .isZero();
    }

    @Test
    void numbers_that_make_no_sense_are_errors() {
        for (double bad : new double[] {-1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> UPGRAD.normEps(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("upgrad().normEps(" + bad
                            + "): it is a finite number of at least 0, the least trace of the Gram.\n"
                            + "Give TorchJD's 1e-4, or 0 to project gradients of any length.");
        }
        for (double bad : new double[] {0, 2, Double.NaN}) {
            assertThatThrownBy(() -> UPGRAD.regEps(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("upgrad().regEps(" + bad
                            + "): it is a number from 1e-12 to 1, which keeps the quadratic program regular.\n"
                            + "Give TorchJD's 1e-4, or less for a projection that leaves less conflict.");
        }
    }

    @Test
    void it_prints_its_withers() {
        assertThat(UPGRAD).hasToString("upgrad()");
        assertThat(UPGRAD.regEps(0.01).headsWeighted()).hasToString("upgrad().regEps(0.01).headsWeighted()");
        assertThat(UPGRAD.headsWeighted().heads()).isEqualTo(Balancer.Heads.WEIGHTED);
    }
}
