package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mtl4j.tensor.Draws;

class NonNegativeTest {

    /** A Gram of n vectors in d dimensions plus a ridge, divided by its trace. */
    private static double[] matrix(int n, int d, double ridge, boolean scaled, RandomGenerator random) {
        double[][] vectors = BalancerContract.normal(n, d, 1, random.nextLong());
        for (double[] vector : vectors) {
            double scale = scaled ? StrictMath.pow(10, Draws.below(5, random) - 2) : 1;
            for (int p = 0; p < d; p++) {
                vector[p] *= scale;
            }
        }
        double[] h = new double[n * n];
        double trace = 0;
        for (int i = 0; i < n; i++) {
            trace += Steps.dot(vectors[i], vectors[i]);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                h[i * n + j] = Steps.dot(vectors[i], vectors[j]) / trace + (i == j ? ridge : 0);
            }
        }
        return h;
    }

    private static double[] products(double[] h, double[] q, double[] x) {
        int n = x.length;
        double[] y = q.clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                y[i] += h[i * n + j] * x[j];
            }
        }
        return y;
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-2, 1e-4, 1e-7})
    void the_conditions_of_optimality_hold(double ridge) {
        RandomGenerator random = Draws.generator(5);
        for (int k = 0; k < 2000; k++) {
            int n = 1 + Draws.below((k % 20 == 0) ? 64 : 12, random);
            int d = k % 3 == 0 ? 1 + Draws.below(n, random) : 2 * n;
            double[] h = matrix(n, d, ridge, k % 2 == 0, random);
            double[] q = new double[n];
            double largest = 0;
            for (int i = 0; i < n; i++) {
                q[i] = h[i * n + k % n] - (k % 4 == 1 ? Draws.uniform(random) * ridge : 0);
                largest = Math.max(largest, Math.abs(q[i]));
            }
            double[] x = new double[n];
            new NonNegative(n).solve(h, n, q, x);
            double[] y = products(h, q, x);
            for (int i = 0; i < n; i++) {
                assertThat(x[i]).isNotNegative();
                assertThat(y[i]).isGreaterThanOrEqualTo(-1e-13 * n);
                assertThat(x[i] * y[i]).isCloseTo(0, within(1e-12 * n * (1 + x[i])));
            }
        }
    }

    @Test
    void of_all_sides_that_the_variables_can_be_on_the_best_is_found() {
        RandomGenerator random = Draws.generator(6);
        for (int k = 0; k < 300; k++) {
            int n = 1 + Draws.below(6, random);
            double[] h = matrix(n, 4, 1e-4, false, random);
            double[] q = new double[n];
            for (int i = 0; i < n; i++) {
                q[i] = (Draws.uniform(random) - 0.5) / n;
            }
            double[] x = new double[n];
            new NonNegative(n).solve(h, n, q, x);
            double best = 0;
            for (int sides = 1; sides < (1 << n); sides++) {
                best = Math.min(best, minimumOf(h, q, sides));
            }
            assertThat(value(h, q, x)).isCloseTo(best, within(1e-11 * (1 + Math.abs(best))));
        }
    }

    private static double value(double[] h, double[] q, double[] x) {
        double[] y = products(h, q, x);
        double value = 0;
        for (int i = 0; i < x.length; i++) {
            value += x[i] * (y[i] + q[i]) / 2;
        }
        return value;
    }

    /** The minimum with these variables free and the others 0, by elimination; infinite where one is negative. */
    private static double minimumOf(double[] h, double[] q, int sides) {
        int n = q.length;
        double[][] rows = new double[n][n + 1];
        for (int i = 0; i < n; i++) {
            boolean free = isFree(sides, i);
            for (int j = 0; j < n; j++) {
                boolean both = free && isFree(sides, j);
                double unit = i == j ? 1 : 0;
                rows[i][j] = both ? h[i * n + j] : unit;
            }
            rows[i][n] = free ? -q[i] : 0;
        }
        for (int i = 0; i < n; i++) { // Gauss and Jordan; a positive definite matrix needs no exchange of rows
            for (int r = 0; r < n; r++) {
                double share = rows[r][i] / rows[i][i];
                for (int j = 0; j <= n && r != i; j++) {
                    rows[r][j] -= share * rows[i][j];
                }
            }
        }
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = rows[i][n] / rows[i][i];
            if (x[i] < 0) {
                return Double.POSITIVE_INFINITY;
            }
        }
        return value(h, q, x);
    }

    private static boolean isFree(int sides, int i) {
        return ((sides >> i) & 1) == 1;
    }

    @Test
    void a_matrix_that_is_not_positive_definite_gives_zeros() {
        double[] x = {7, 7};
        new NonNegative(2).solve(new double[] {0, 0, 0, 0}, 2, new double[] {-1, -1}, x);
        assertThat(x).containsExactly(0, 0);
        new NonNegative(2).solve(new double[] {Double.NaN, 0, 0, 1}, 2, new double[] {-1, Double.NaN}, x);
        assertThat(x).containsExactly(0, 0);
    }
}
