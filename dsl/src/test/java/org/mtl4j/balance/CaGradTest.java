package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.tensor.Draws;

class CaGradTest extends BalancerContract {

    private static final CaGrad CAGRAD = CaGrad.of(CaGrad.DEFAULT_C);

    @Override
    Balancer balancer(List<String> tasks) {
        return CAGRAD;
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    boolean hasOneAnswer(double[][] gradients) {
        return gradients.length <= gradients[0].length && !canCancel(gradients);
    }

    /** Whether opposite ones or a zero one are among them. */
    private static boolean canCancel(double[][] gradients) {
        return Arrays.stream(gradients)
                .anyMatch(
                        g -> Arrays.stream(gradients).anyMatch(h -> Steps.dot(g, h) <= -0.999 * length(g) * length(h)));
    }

    @Override
    String printed() {
        return "cagrad()";
    }

    private static double length(double[] vector) {
        return Math.sqrt(Steps.dot(vector, vector));
    }

    private double[] update(CaGrad cagrad, double[][] gradients) {
        return Steps.combination(weights(cagrad, tasks(gradients.length), gradients, 1, 1), gradients);
    }

    /** Gradients whose lengths are from 1e-4 to 1e4, more of them than dimensions, and such as point nearly one way. */
    static Stream<double[][]> hardGradients() {
        RandomGenerator random = Draws.generator(11);
        return Stream.iterate(0, k -> k + 1).limit(600).map(k -> {
            int n = 2 + Draws.below(11, random);
            int d = k % 3 == 0 ? 1 + Draws.below(n, random) : 20;
            double[][] gradients = normal(n, d, 1, random.nextLong());
            for (double[] gradient : gradients) {
                double scale = k % 2 == 0 ? StrictMath.pow(10, Draws.below(9, random) - 4) : 1;
                for (int p = 0; p < d; p++) {
                    gradient[p] = scale * (k % 5 == 1 ? 1 + 1e-3 * gradient[p] : gradient[p]);
                }
            }
            return gradients;
        });
    }

    static Stream<double[][]> allGradients() {
        return Stream.concat(gradients(), hardGradients());
    }

    /** Weak duality: no update of the ball lowers the worst-served task by more than F at any weights. */
    @ParameterizedTest
    @MethodSource("allGradients")
    void the_worst_served_task_gains_as_much_as_any_weights_allow(double[][] gradients) {
        for (double c : new double[] {0.01, 0.2, 0.5, 0.9, 2}) {
            int n = gradients.length;
            CaGrad cagrad = CaGrad.of(c).withoutRescale();
            double[] weights = weights(cagrad, tasks(n), gradients, 1, 1);
            double[] update = Steps.combination(weights, gradients);
            double[] mean = mean(gradients);
            double[] inner = Arrays.stream(weights).map(w -> w - 1.0 / n).toArray();
            double sum = Arrays.stream(inner).sum();
            double[] way = Steps.combination(inner, gradients);
            double radius = c * length(mean);
            double reach = 0;
            for (int i = 0; i < n; i++) {
                reach += Math.max(0, inner[i]) * length(gradients[i]);
            }
            assertThat(length(way)).as("within the ball").isLessThanOrEqualTo(radius * (1 + 1e-9) + 1e-9 * reach);
            boolean atBoundary = length(way) > 0.999999 * radius && sum > 0;
            for (int i = 0; i < n; i++) {
                assertThat(inner[i]).isGreaterThanOrEqualTo(-1e-15);
                double gain = Steps.dot(update, gradients[i]);
                double rounding = 1e-9 * (length(mean) + reach) * length(gradients[i]);
                if (atBoundary) {
                    double bound = (Steps.dot(way, mean) + radius * length(way)) / sum;
                    assertThat(gain)
                            .as("c = %s, task %d", c, i)
                            .isGreaterThanOrEqualTo(bound - 100 * rounding - 1e-9 * bound);
                } else {
                    assertThat(gain).as("c = %s, task %d", c, i).isGreaterThanOrEqualTo(-1000 * rounding);
                }
            }
        }
    }

    private static double[] mean(double[][] gradients) {
        double[] equal = new double[gradients.length];
        Arrays.fill(equal, 1.0 / gradients.length);
        return Steps.combination(equal, gradients);
    }

    @ParameterizedTest
    @MethodSource("allGradients")
    void the_update_does_not_depend_on_the_order_of_the_tasks(double[][] gradients) {
        int n = gradients.length;
        double[][] reversed = new double[n][];
        for (int t = 0; t < n; t++) {
            reversed[n - 1 - t] = gradients[t];
        }
        List<String> names = new ArrayList<>(tasks(n));
        Collections.reverse(names);
        double[] weights = weights(CAGRAD, names, reversed, 1, 1);
        double longest =
                Arrays.stream(gradients).mapToDouble(CaGradTest::length).max().orElseThrow();
        assertThat(Steps.combination(weights, reversed))
                .containsExactly(update(CAGRAD, gradients), within(1e-6 * longest));
    }

    @Test
    void a_fine_search_over_two_and_three_tasks_finds_no_better_weights() {
        for (long seed = 1; seed <= 30; seed++) {
            for (int n = 2; n <= 3; n++) {
                double[][] gradients = normal(n, 4, 1, seed);
                double[] weights = weights(CaGrad.of(0.4).withoutRescale(), tasks(n), gradients, 1, 1);
                double[] inner = Arrays.stream(weights)
                        .map(w -> w - 1.0 / gradients.length)
                        .toArray();
                double sum = Arrays.stream(inner).sum();
                double ours = dual(Arrays.stream(inner).map(w -> w / sum).toArray(), gradients);
                for (int a = 0; a <= 100; a++) {
                    for (int b = 0; b <= (n == 2 ? 0 : 100 - a); b++) {
                        double[] w = n == 2
                                ? new double[] {a / 100.0, 1 - a / 100.0}
                                : new double[] {a / 100.0, b / 100.0, (100 - a - b) / 100.0};
                        assertThat(ours).isLessThanOrEqualTo(dual(w, gradients) + 1e-12);
                    }
                }
            }
        }
    }

    private static double dual(double[] w, double[][] gradients) {
        double[] way = Steps.combination(w, gradients);
        double[] mean = mean(gradients);
        return Steps.dot(way, mean) + 0.4 * length(mean) * length(way);
    }

    @Test
    void c_of_0_is_the_mean_and_the_divisors_are_1_and_1_plus_c_and_1_plus_its_square() {
        double[][] gradients = normal(4, 8, 1, 2);
        assertThat(weights(CaGrad.of(0), tasks(4), gradients, 1, 1)).containsExactly(0.25, 0.25, 0.25, 0.25);
        double[] plain = weights(CAGRAD.withoutRescale(), tasks(4), gradients, 1, 1);
        double[] square = weights(CAGRAD, tasks(4), gradients, 1, 1);
        double[] linear = weights(CAGRAD.linearRescale(), tasks(4), gradients, 1, 1);
        for (int t = 0; t < 4; t++) {
            assertThat(square[t]).isCloseTo(plain[t] / 1.25, within(1e-15));
            assertThat(linear[t]).isCloseTo(plain[t] / 1.5, within(1e-15));
        }
    }

    @Test
    void one_task_gets_1_plus_c_and_duplicates_share() {
        assertThat(weights(CAGRAD.withoutRescale(), tasks(1), new double[][] {{3, 4}}, 1, 1))
                .containsExactly(1.5);
        double[][] same = {{3, 4}, {3, 4}, {3, 4}};
        assertThat(weights(CAGRAD.withoutRescale(), tasks(3), same, 1, 1))
                .containsExactly(new double[] {0.5, 0.5, 0.5}, within(1e-12));
    }

    @Test
    void where_gradients_cancel_the_update_is_the_nearest_to_the_mean_without_conflict() {
        double[][] cancelling = {{1, 0}, {-1, 0}, {0.3, 3}};
        // (0.1, 1) is the mean; (0, 1) conflicts with none
        assertThat(update(CAGRAD.withoutRescale(), cancelling)).containsExactly(new double[] {0, 1}, within(1e-8));
        double[][] resting = {{0, 0}, {1, 0}, {0, 2}};
        assertThat(update(CAGRAD.withoutRescale(), resting))
                .containsExactly(new double[] {1 / 3.0, 2 / 3.0}, within(1e-12));
        assertThat(update(CAGRAD, new double[][] {{1, 2}, {-1, -2}})).containsExactly(0, 0);
    }

    @Test
    void a_task_without_labels_takes_no_part() {
        double[][] gradients = {{0, 0}, {3, 0}, {0, 4}};
        WeighingStep step = Steps.ofGradients(gradients, 1);
        step.labelled()[0] = 0;
        double[] weights = new double[3];
        CAGRAD.start(step.names()).weigh(step, weights);
        double[] two = weights(CAGRAD, tasks(2), new double[][] {{3, 0}, {0, 4}}, 1, 1);
        assertThat(weights).containsExactly(0, two[0], two[1]);
        Arrays.fill(step.labelled(), 0);
        CAGRAD.start(step.names()).weigh(step, weights);
        assertThat(weights).containsExactly(0, 0, 0);
    }

    @Test
    void numbers_that_are_not_finite_end_too() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            WeighingStep step = Steps.ofGradients(normal(5, 8, 1, 1), 1);
            step.gram()[7] = bad;
            step.gram()[6] = bad;
            double[] weights = new double[5];
            CAGRAD.start(step.names()).weigh(step, weights);
            assertThat(weights).hasSize(5).doesNotContain(Double.NEGATIVE_INFINITY);
        }
    }

    @Test
    void it_prints_its_withers_and_a_radius_that_makes_no_sense_is_an_error() {
        assertThat(CaGrad.of(0.4).linearRescale().headsWeighted())
                .hasToString("cagrad(0.4).linearRescale().headsWeighted()");
        assertThat(CAGRAD.withoutRescale()).hasToString("cagrad().withoutRescale()");
        assertThat(CAGRAD.headsWeighted().heads()).isEqualTo(Balancer.Heads.WEIGHTED);
        for (double bad : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> CaGrad.of(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("cagrad(" + bad + "): c is a finite number of at least 0.\n"
                            + "Give 0.5, or less for an update nearer to the mean gradient.");
        }
    }
}
