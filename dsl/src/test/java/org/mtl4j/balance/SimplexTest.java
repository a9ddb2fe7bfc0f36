package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimplexTest {

    private static double[] projected(double... y) {
        double[] point = y.clone();
        assertThat(new Simplex(y.length).project(point)).isTrue();
        return point;
    }

    /** max(0, y - theta) with theta by bisection until these sum to 1. */
    private static double[] bisected(double[] y) {
        double low = Arrays.stream(y).min().orElseThrow() - 1;
        double high = Arrays.stream(y).max().orElseThrow();
        for (int i = 0; i < 200; i++) {
            double theta = (low + high) / 2;
            double sum = Arrays.stream(y).map(each -> Math.max(0, each - theta)).sum();
            low = sum > 1 ? theta : low;
            high = sum > 1 ? high : theta;
        }
        double theta = low;
        return Arrays.stream(y).map(each -> Math.max(0, each - theta)).toArray();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void the_projection_is_that_of_bisection(long seed) {
        for (double sd : new double[] {0.01, 0.3, 2, 50}) {
            for (int n : new int[] {1, 2, 3, 6, 40}) {
                double[] y = BalancerContract.normal(1, n, sd, seed)[0];
                assertThat(projected(y)).containsExactly(bisected(y), within(1e-12));
            }
        }
    }

    @Test
    void a_point_of_the_simplex_is_its_own_projection() {
        assertThat(projected(0.25, 0.5, 0.25)).containsExactly(new double[] {0.25, 0.5, 0.25}, within(1e-15));
    }

    @Test
    void large_numbers_keep_the_sum() {
        assertThat(projected(1e300, -1e300, 0)).containsExactly(1, 0, 0);
        assertThat(projected(1e30, 1e30, -5)).containsExactly(0.5, 0.5, 0);
    }

    @Test
    void what_is_not_finite_is_left_as_it_is() {
        double[] y = {1, Double.NaN};
        assertThat(new Simplex(2).project(y)).isFalse();
        assertThat(y).containsExactly(1, Double.NaN);
    }
}
