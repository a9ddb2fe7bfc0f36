package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mtl4j.tensor.Draws;

class FairSharesTest {

    private static double[] gram(double[][] vectors) {
        int n = vectors.length;
        double[] gram = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                gram[i * n + j] = Steps.dot(vectors[i], vectors[j]);
            }
        }
        return gram;
    }

    /** The largest error of (G w)_i = w_i^-p, beside its right side and the rounding of 1e-13 of the left's terms. */
    private static double error(double[] gram, double p, double[] w) {
        int n = w.length;
        double most = 0;
        for (int i = 0; i < n; i++) {
            double product = 0;
            double terms = 0;
            for (int j = 0; j < n; j++) {
                product += gram[i * n + j] * w[j];
                terms += Math.abs(gram[i * n + j] * w[j]);
            }
            double wanted = StrictMath.pow(w[i], -p);
            most = Math.max(most, Math.abs(product - wanted) / (wanted + 1e-3 * terms));
        }
        return most;
    }

    @Test
    void every_task_gets_its_share_whatever_the_shares_and_the_lengths() {
        RandomGenerator random = Draws.generator(8);
        for (int k = 0; k < 200; k++) {
            int n = 1 + Draws.below(k % 20 == 0 ? 64 : 12, random);
            double[][] gradients = BalancerContract.normal(n, 80, 1, random.nextLong());
            double[] shares = new double[n];
            for (int i = 0; i < n; i++) {
                shares[i] = StrictMath.pow(10, Draws.below(9, random) - 4);
                double scale = StrictMath.pow(10, Draws.below(9, random) - 4);
                for (int d = 0; d < 80; d++) {
                    gradients[i][d] *= scale;
                }
            }
            double[] w = new double[n];
            assertThat(new FairShares(n).solveShares(gram(gradients), n, shares, w))
                    .isTrue();
            double[] update = Steps.combination(w, gradients);
            double length = Math.sqrt(Steps.dot(update, update));
            for (int i = 0; i < n; i++) {
                double terms = w[i] * length * Math.sqrt(Steps.dot(gradients[i], gradients[i]));
                double gained = w[i] * Steps.dot(update, gradients[i]);
                assertThat(gained).isCloseTo(shares[i], within(1e-8 * shares[i] + 1e-13 * terms));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.2, 0.5, 1, 2})
    void the_equations_hold_for_gradients_of_any_lengths(double p) {
        RandomGenerator random = Draws.generator(3);
        for (int k = 0; k < 400; k++) {
            int n = 1 + Draws.below(k % 20 == 0 ? 64 : 12, random);
            double[][] gradients = BalancerContract.normal(n, 80, 1, random.nextLong());
            for (double[] gradient : gradients) {
                double scale = k % 2 == 0 ? StrictMath.pow(10, Draws.below(9, random) - 4) : 1;
                for (int d = 0; d < gradient.length; d++) {
                    // one in three: all within 6 degrees
                    gradient[d] = scale * (k % 3 == 0 ? 1 + 0.1 * gradient[d] : gradient[d]);
                }
            }
            double[] w = new double[n];
            assertThat(new FairShares(n).solve(gram(gradients), n, p, w)).isTrue();
            for (double each : w) {
                assertThat(each).isPositive().isFinite();
            }
            assertThat(error(gram(gradients), p, w))
                    .as("p = %s, %d tasks", p, n)
                    .isLessThan(1e-10);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.2, 0.5, 1, 2})
    void gradients_that_nearly_cancel_have_a_solution_and_such_as_cancel_have_none(double p) {
        for (double r : new double[] {1e-2, 1e-4, 1e-6}) {
            double[][] near = {{1, 0, 0}, {-1, r, 0}, {0, r, 1}};
            double[] w = new double[3];
            assertThat(new FairShares(3).solve(gram(near), 3, p, w))
                    .as("r = %s", r)
                    .isTrue();
            assertThat(error(gram(near), p, w)).isLessThan(1e-9);
        }
        double[][] cancelling = {{1, 0, 0}, {-1, 0, 0}, {0, 1, 1}};
        assertThat(new FairShares(3).solve(gram(cancelling), 3, p, new double[3]))
                .isFalse();
        double[][] hull = {{1, 0}, {-1, 1}, {-1, -1}};
        assertThat(new FairShares(3).solve(gram(hull), 3, p, new double[3])).isFalse();
    }

    @Test
    void of_two_and_of_one_it_is_the_closed_form() {
        double[] w = new double[2];
        double[][] two = {{3, 4}, {0, 2}};
        assertThat(new FairShares(2).solve(gram(two), 2, 1, w)).isTrue();
        double root = Math.sqrt(1 + 0.8);
        assertThat(w).containsExactly(new double[] {1 / (5 * root), 1 / (2 * root)}, within(1e-15));
        assertThat(new FairShares(1).solve(new double[] {25}, 1, 0.5, w)).isTrue();
        assertThat(w[0]).isCloseTo(StrictMath.pow(25, -1 / 1.5), within(1e-15)); // 25 w = w^-0.5
        assertThat(new FairShares(2).solve(new double[] {1, -1, -1, 1}, 2, 1, w))
                .isFalse();
    }

    @Test
    void numbers_that_are_not_finite_end_too() {
        double[] w = new double[3];
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThat(new FairShares(3).solve(new double[] {1, bad, 0, bad, 1, 0, 0, 0, 1}, 3, 1, w))
                    .isFalse();
            assertThat(new FairShares(2).solve(new double[] {1, bad, bad, 1}, 2, 0.5, w))
                    .isFalse();
        }
    }
}
