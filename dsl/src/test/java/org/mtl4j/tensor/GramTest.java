package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GramTest {

    // g_0 = (3, 4), g_1 = (-4, 3) + (-3, -4) = (-7, -1), g_2 = 0
    private static final Gram GRAM = Gram.of(3, new double[] {25, -25, 0, -25, 50, 0, 0, 0, 0});

    @Test
    void norms_cosines_and_magnitude_similarity_are_those_of_the_gradients() {
        assertThat(GRAM.tasks()).isEqualTo(3);
        assertThat(GRAM.get(0, 1)).isEqualTo(-25);
        assertThat(GRAM.norm(0)).isEqualTo(5);
        assertThat(GRAM.cosine(0, 1)).isCloseTo(-1 / Math.sqrt(2), within(1e-15));
        assertThat(GRAM.magnitudeSimilarity(0, 1)).isCloseTo(2 * 5 * Math.sqrt(50) / 75, within(1e-15));
        assertThat(GRAM.magnitudeSimilarity(0, 0)).isEqualTo(1);
    }

    @Test
    void a_zero_gradient_has_no_cosine_and_no_similarity_with_another_zero() {
        assertThat(GRAM.cosine(0, 2)).isNaN();
        assertThat(GRAM.magnitudeSimilarity(0, 2)).isZero();
        assertThat(GRAM.magnitudeSimilarity(2, 2)).isNaN();
    }

    @Test
    void rounding_never_takes_a_cosine_past_1_nor_a_norm_below_0() {
        Gram rounded = Gram.of(2, new double[] {1, 1.0000001, 1.0000001, 1});
        assertThat(rounded.cosine(0, 1)).isEqualTo(1);
        assertThat(Gram.of(1, new double[] {-1e-20}).norm(0)).isZero();
    }

    @Test
    void it_is_its_own_copy() {
        double[] values = {4};
        Gram gram = Gram.of(1, values);
        values[0] = 5;
        gram.toArray()[0] = 6;
        assertThat(gram.toArray()).containsExactly(4);
    }

    @Test
    void a_wrong_number_of_values_is_an_error_with_both_numbers() {
        assertThatThrownBy(() -> Gram.of(2, new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A Gram of 2 tasks has 4 values, not 3.");
    }
}
