package org.mtl4j.fitted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What no golden file has: kappa and the distance of ordered classes. */
class ConfusionTest {

    private static Confusion of(int classes, int[] truth, int[] predicted) {
        Confusion confusion = new Confusion(classes);
        for (int i = 0; i < truth.length; i++) {
            confusion.add(truth[i], predicted[i]);
        }
        return confusion;
    }

    @Test
    void kappa_is_1_where_all_is_right_0_at_the_margins_and_below_where_it_is_turned_round() {
        int[] truth = {0, 1, 2, 0, 1, 2, 0, 1, 2};
        assertThat(of(3, truth, truth).quadraticKappa()).isEqualTo(1);
        assertThat(of(3, truth, new int[] {0, 0, 0, 1, 1, 1, 2, 2, 2}).quadraticKappa())
                .isCloseTo(0, within(1e-12));
        assertThat(of(3, truth, new int[] {2, 1, 0, 2, 1, 0, 2, 1, 0}).quadraticKappa())
                .isCloseTo(-1, within(1e-12));
        assertThat(of(3, new int[] {1, 1}, new int[] {1, 1}).quadraticKappa()).isNaN();
    }

    @Test
    void kappa_is_that_of_its_formula_by_hand() {
        // O = [[2, 1, 0], [0, 1, 1], [0, 0, 1]] of 6: sum w O = 1 + 1 = 2;
        // E: margins 3, 2, 1 and 2, 2, 2: w E = (3 * 2 + 3 * 2 * 4 + 2 * 2 + 2 * 2 + 1 * 2 * 4 + 1 * 2) / 6 = 48 / 6
        int[] truth = {0, 0, 0, 1, 1, 2};
        int[] predicted = {0, 0, 1, 1, 2, 2};
        assertThat(of(3, truth, predicted).quadraticKappa()).isCloseTo(1 - 2 / 8.0, within(1e-12));
        assertThat(of(3, truth, predicted).meanDistance()).isCloseTo(2 / 6.0, within(1e-12));
    }
}
