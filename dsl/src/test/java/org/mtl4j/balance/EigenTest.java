package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.mtl4j.tensor.Draws;

class EigenTest {

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

    @Test
    void the_inverse_of_the_values_inverts_and_that_of_the_roots_does_so_when_it_is_applied_twice() {
        RandomGenerator random = Draws.generator(4);
        for (int k = 0; k < 200; k++) {
            int n = 1 + Draws.below(k % 20 == 0 ? 64 : 12, random);
            double[] h = gram(BalancerContract.normal(n, 3 * n, 1, random.nextLong()));
            double[] x = BalancerContract.normal(1, n, 1, random.nextLong())[0];
            Eigen eigen = new Eigen(n);
            eigen.decompose(h, n);
            assertThat(eigen.rank(0)).isEqualTo(n);
            double[] once = new double[n];
            double[] twice = new double[n];
            double[] inverse = new double[n];
            eigen.applyInverse(x, 0, Eigen.Inverse.OF_ROOTS, once);
            eigen.applyInverse(once, 0, Eigen.Inverse.OF_ROOTS, twice);
            eigen.applyInverse(x, 0, Eigen.Inverse.OF_VALUES, inverse);
            assertThat(twice).containsExactly(inverse, within(1e-11));
            double[] back = new double[n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    back[i] += h[i * n + j] * inverse[j];
                }
            }
            assertThat(back).containsExactly(x, within(1e-10));
        }
    }

    @Test
    void known_eigenvalues_are_found_whatever_their_scales() {
        Eigen eigen = new Eigen(3);
        eigen.decompose(new double[] {2, 1, 0, 1, 2, 0, 0, 0, 5}, 3);
        double[] values = {eigen.value(0), eigen.value(1), eigen.value(2)};
        Arrays.sort(values);
        assertThat(values).containsExactly(new double[] {1, 3, 5}, within(1e-15));
        assertThat(eigen.largest()).isCloseTo(5, within(1e-15));
        // lengths 1e-6, 1, 1e6 with cosines 1/2: det = 1/2, the sum of the principal minors is about 3/4 1e12
        eigen.decompose(new double[] {1e-12, 0.5e-6, 0.5, 0.5e-6, 1, 0.5e6, 0.5, 0.5e6, 1e12}, 3);
        double product = eigen.value(0) * eigen.value(1) * eigen.value(2);
        assertThat(product).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void values_up_to_the_bound_are_left_out() {
        Eigen eigen = new Eigen(2);
        eigen.decompose(new double[] {1, 1, 1, 1}, 2);
        assertThat(eigen.rank(1e-12)).isEqualTo(1);
        double[] out = new double[2];
        eigen.applyInverse(new double[] {3, 1}, 1e-12, Eigen.Inverse.OF_VALUES, out);
        assertThat(out).containsExactly(new double[] {1, 1}, within(1e-15)); // the pseudo-inverse is that over 4
        eigen.decompose(new double[] {Double.NaN, 1, 1, 1}, 2);
        assertThat(eigen.rank(0)).isLessThanOrEqualTo(2);
    }
}
