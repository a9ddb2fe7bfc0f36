package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyTest {

    private static double[] gram(int n, long seed) {
        double[][] x = BalancerContract.normal(n, n + 3, 1, seed);
        double[] gram = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int p = 0; p < n + 3; p++) {
                    gram[i * n + j] += x[i][p] * x[j][p];
                }
            }
        }
        return gram;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void no_eigenvalue_is_below_the_bound_and_the_inverse_s_trace_is_met(long seed) {
        int n = 6;
        double[] gram = gram(n, seed);
        Cholesky cholesky = new Cholesky(9);
        Eigen eigen = new Eigen(n);

        assertThat(cholesky.factor(gram, n, IntStream.range(0, n).toArray(), n, 0))
                .isTrue();
        eigen.decompose(gram, n);

        double trace =
                IntStream.range(0, n).mapToDouble(k -> 1 / eigen.value(k)).sum();
        double least = IntStream.range(0, n).mapToDouble(eigen::value).min().orElseThrow();
        assertThat(cholesky.leastEigenvalue())
                .isCloseTo(1 / trace, within(1e-9))
                .isLessThanOrEqualTo(least);
    }

    @Test
    void the_bound_is_exact_for_one_row() {
        Cholesky cholesky = new Cholesky(1);

        assertThat(cholesky.factor(new double[] {9}, 1, new int[] {0}, 1, 0)).isTrue();
        assertThat(cholesky.leastEigenvalue()).isCloseTo(9, within(1e-14));
        assertThat(cholesky.iterations()).isEqualTo(1);
    }
}
