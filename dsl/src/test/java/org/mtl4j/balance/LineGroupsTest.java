package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.tensor.Draws;

class LineGroupsTest {

    private static double[] means(int groups, double... values) {
        new LineGroups(groups, values.length).meansOf(values);
        return values;
    }

    @Test
    void numbers_that_lie_together_get_one_mean() {
        assertThat(means(2, 10, 1, 12, 2)).containsExactly(11, 1.5, 11, 1.5);
        assertThat(means(1, 1, 2, 6)).containsExactly(3, 3, 3);
        assertThat(means(3, 5, 1, 9)).containsExactly(new double[] {5, 1, 9}, within(1e-15));
        assertThat(means(5, 7, 8)).containsExactly(new double[] {7, 8}, within(1e-15));
    }

    @Test
    void a_number_that_is_in_no_group_stays() {
        assertThat(means(1, 1, Double.NEGATIVE_INFINITY, 3)).containsExactly(2, Double.NEGATIVE_INFINITY, 2);
        assertThat(means(2, Double.NEGATIVE_INFINITY)).containsExactly(Double.NEGATIVE_INFINITY);
        assertThat(means(2, 0, 0)).containsExactly(0, 0);
    }

    /** The squared distances of numbers to what they became. */
    private static double spread(double[] values, double[] means) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> (values[i] - means[i]) * (values[i] - means[i]))
                .sum();
    }

    /** The means of the groups that a number written in base {@code groups} tells. */
    private static double[] meansOf(double[] values, int groups, int code) {
        int[] group = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            group[i] = code % groups;
            code /= groups;
        }
        return IntStream.range(0, values.length)
                .mapToDouble(i -> IntStream.range(0, values.length)
                        .filter(j -> group[j] == group[i])
                        .mapToDouble(j -> values[j])
                        .average()
                        .orElseThrow())
                .toArray();
    }

    @Test
    void no_other_parting_has_less_spread() {
        RandomGenerator random = Draws.generator(3);
        for (int trial = 0; trial < 50; trial++) {
            int n = 2 + trial % 5;
            int groups = 1 + trial % 3;
            double[] values = IntStream.range(0, n)
                    .mapToDouble(i -> Draws.uniform(random))
                    .toArray();
            double least = IntStream.range(0, (int) Math.pow(groups, n))
                    .mapToDouble(code -> spread(values, meansOf(values, groups, code)))
                    .min()
                    .orElseThrow();
            assertThat(spread(values, means(groups, values.clone()))).isCloseTo(least, within(1e-14));
        }
    }
}
