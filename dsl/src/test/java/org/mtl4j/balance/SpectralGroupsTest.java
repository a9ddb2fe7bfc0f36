package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.tensor.Draws;

class SpectralGroupsTest {

    private static final double APART = Double.NEGATIVE_INFINITY;

    private static double[] means(int groups, double... values) {
        double[] out = values.clone();
        new SpectralGroups(groups, values.length).meansOf(out);
        return out;
    }

    /** Numbers of scikit-learn's formulas in NumPy and SciPy: laplacian(normed), eigh, cluster_qr. */
    @Test
    void three_groups_are_those_of_scikit_learn() {
        double[] values = {1.7, 0.2, 3.1, 0.25, 1.6, 0.9, 2.8};
        assertThat(means(3, values))
                .containsExactly(new double[] {2.02, 0.2, 2.02, 0.25, 2.02, 2.02, 2.02}, within(1e-13));
        assertThat(means(4, values)).containsExactly(new double[] {2.3, 0.2, 2.3, 0.25, 2.3, 0.9, 2.3}, within(1e-13));
    }

    @Test
    void who_takes_no_part_is_left_out() {
        double[] without = means(2, 1.7, 0.2, 3.1, 0.25);
        double[] with = means(2, 1.7, APART, 0.2, 3.1, APART, 0.25);
        assertThat(with).containsExactly(without[0], APART, without[1], without[2], APART, without[3]);
    }

    @Test
    void as_many_groups_as_tasks_leave_each_alone_and_one_takes_all() {
        assertThat(means(3, 1, 2, 4)).containsExactly(1, 2, 4);
        assertThat(means(5, 1, 2, 4)).containsExactly(1, 2, 4);
        assertThat(means(1, 1, 2, 6)).containsExactly(3, 3, 3);
    }

    @Test
    void hard_numbers_give_finite_means_within_their_range() {
        for (double[] values : new double[][] {
            {1, 1, 1, 1},
            {0, 0, 1, 2},
            {0, 0, 0, 1},
            {1e-300, 1, 1e300, 1e300},
            {1, 1, 2, 2},
            {Double.MAX_VALUE, 1, 1, 1}
        }) {
            double[] means = means(2, values);
            double most = Arrays.stream(values).max().orElseThrow();
            assertThat(IntStream.range(0, 4).mapToDouble(i -> means[i] / most)).allMatch(m -> m >= 0 && m <= 1 + 1e-12);
        }
        assertThat(means(2, 0, 0, 0)).containsExactly(0, 0, 0);
    }

    @Test
    void the_sum_is_kept() {
        var random = Draws.generator(5);
        for (int n = 0; n < 20; n++) {
            double[] values = IntStream.range(0, 40)
                    .mapToDouble(i -> 0.01 + random.nextDouble())
                    .toArray();
            double[] means = means(1 + n % 7, values);
            assertThat(Arrays.stream(means).sum())
                    .isCloseTo(Arrays.stream(values).sum(), within(1e-10));
            assertThat(Arrays.stream(means).distinct().count()).isLessThanOrEqualTo(1 + n % 7);
        }
    }
}
