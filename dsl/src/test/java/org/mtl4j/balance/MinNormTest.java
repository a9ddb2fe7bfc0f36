package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mtl4j.tensor.Draws;

class MinNormTest {

    /** How vectors lie. */
    enum Kind {
        /** In general position. */
        FREE,
        /** More vectors than dimensions: 0 is in many of the hulls, and the solution is not unique. */
        DEPENDENT,
        /** Lengths from 1e-4 to 1e4. */
        SCALES,
        /** Both. */
        DEPENDENT_SCALES,
        /** Nearly the same direction. */
        ALIGNED
    }

    private static double[][] vectors(Kind kind, RandomGenerator random) {
        int n = 1 + Draws.below(12, random);
        boolean dependent = kind == Kind.DEPENDENT || kind == Kind.DEPENDENT_SCALES;
        boolean scaled = kind == Kind.SCALES || kind == Kind.DEPENDENT_SCALES;
        int d = dependent ? 1 + Draws.below(n, random) : 30;
        double[][] vectors = BalancerContract.normal(n, d, 1, random.nextLong());
        for (double[] vector : vectors) {
            double scale = scaled ? Math.pow(10, Draws.below(9, random) - 4) : 1;
            for (int p = 0; p < d; p++) {
                vector[p] = kind == Kind.ALIGNED ? 1 + 1e-5 * vector[p] : scale * vector[p];
            }
        }
        return vectors;
    }

    private static double[] solve(double[][] vectors) {
        int n = vectors.length;
        double[] gram = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                gram[i * n + j] = Steps.dot(vectors[i], vectors[j]);
            }
        }
        double[] weights = new double[n];
        new MinNorm(n).solve(gram, n, weights);
        return weights;
    }

    private static double length(double[] vector) {
        return Math.sqrt(Steps.dot(vector, vector));
    }

    @ParameterizedTest
    @EnumSource
    void the_conditions_of_optimality_hold(Kind kind) {
        RandomGenerator random = Draws.generator(7);
        for (int k = 0; k < 2000; k++) {
            double[][] u = vectors(kind, random);
            double[] w = solve(u);
            assertThat(Arrays.stream(w).sum()).isCloseTo(1, within(1e-12));
            double[] x = Steps.combination(w, u);
            double reach = IntStream.range(0, w.length)
                    .mapToDouble(i -> w[i] * length(u[i]))
                    .sum();
            for (int i = 0; i < w.length; i++) {
                assertThat(w[i]).isNotNegative();
                double above = Steps.dot(x, u[i]) - Steps.dot(x, x);
                double rounding = 1e-12 * reach * length(u[i]);
                assertThat(above).isGreaterThanOrEqualTo(-rounding); // no vector lies nearer
                assertThat(w[i] * above).isLessThanOrEqualTo(rounding); // and weight only where it is as near
            }
        }
    }

    @Test
    void of_two_it_is_an_end_or_the_foot_of_the_perpendicular() {
        assertThat(solve(new double[][] {{1, 0}, {2, 1}})).containsExactly(1, 0);
        assertThat(solve(new double[][] {{3, 1}, {1, 0}})).containsExactly(0, 1);
        assertThat(solve(new double[][] {{2, 0}, {0, 1}})).containsExactly(new double[] {0.2, 0.8}, within(1e-15));
        assertThat(solve(new double[][] {{2, 0}, {-6, 0}})).containsExactly(0.75, 0.25);
        assertThat(solve(new double[][] {{2, 3}, {2, 3}})).containsExactly(0.5, 0.5);
        assertThat(solve(new double[][] {{0, 0}, {0, 0}})).containsExactly(0.5, 0.5);
    }

    @Test
    void equal_vectors_share_their_weight() {
        assertThat(solve(new double[][] {{2, 0}, {0, 1}, {2, 0}, {2, 0}}))
                .containsExactly(new double[] {0.2 / 3, 0.8, 0.2 / 3, 0.2 / 3}, within(1e-15));
        assertThat(solve(new double[5][3])).containsExactly(0.2, 0.2, 0.2, 0.2, 0.2);
    }

    @Test
    void one_vector_has_all_the_weight() {
        assertThat(solve(new double[][] {{3, 4}})).containsExactly(1);
    }
}
