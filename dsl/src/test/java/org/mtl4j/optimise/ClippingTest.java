package org.mtl4j.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClippingTest {

    private final float[] gradient = {3, -4};

    @Test
    void a_long_gradient_is_shortened_to_the_norm_and_keeps_its_direction() {
        new Clipping.Norm(1, 2).apply(gradient);
        assertThat(gradient).containsExactly(new float[] {0.6f, -0.8f}, within(1e-6f));
    }

    @Test
    void a_short_gradient_keeps_its_bits() {
        new Clipping.Norm(5.1, 2).apply(gradient);
        new Clipping.None().apply(gradient);
        assertThat(gradient).containsExactly(3f, -4f);
    }

    @Test
    void the_norm_is_that_of_its_order() {
        assertThat(new Clipping.Norm(1, 1).of(gradient)).isEqualTo(7);
        assertThat(new Clipping.Norm(1, 2).of(gradient)).isEqualTo(5);
        assertThat(new Clipping.Norm(1, Double.POSITIVE_INFINITY).of(gradient)).isEqualTo(4);
    }

    @Test
    void a_huge_gradient_is_clipped_to_finite_numbers() {
        float[] huge = {1e30f, -1e30f};
        new Clipping.Norm(1, 2).apply(huge);
        assertThat(huge).containsExactly(new float[] {0.7071068f, -0.7071068f}, within(1e-6f));
    }

    @Test
    void clipping_by_value_clamps_each_number() {
        new Clipping.Value(3.5).apply(gradient);
        assertThat(gradient).containsExactly(3f, -3.5f);
    }

    @Test
    void nan_stays_visible() {
        float[] broken = {Float.NaN, 1};
        new Clipping.Norm(1, 2).apply(broken);
        assertThat(broken[0]).isNaN();
        new Clipping.Value(1).apply(broken);
        assertThat(broken[0]).isNaN();
    }

    @Test
    void each_prints_as_the_call_that_makes_it() {
        assertThat(new Clipping.Norm(1, 2)).hasToString(".clipNorm(1.0)");
        assertThat(new Clipping.Value(0.5)).hasToString(".clipValue(0.5)");
    }
}
