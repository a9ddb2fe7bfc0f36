package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class GeluKernelsTest {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private static float[] grid() {
        int n = 200_001;
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = -50 + i * 5e-4f;
        }
        return x;
    }

    @Test
    void values_are_within_1e_6() {
        float[] x = grid();
        float[] y = new float[x.length];
        GeluKernels.forward(x, y, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            double exact = x[i] * NORMAL.cumulativeProbability(x[i]);
            assertThat((double) y[i]).as("at %s", x[i]).isCloseTo(exact, within(1e-6 * Math.max(1, Math.abs(x[i]))));
        }
    }

    @Test
    void slopes_are_within_1e_6() {
        float[] x = grid();
        float[] slope = new float[x.length];
        Arrays.fill(slope, 1f);
        GeluKernels.backward(x, slope, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            double exact = NORMAL.cumulativeProbability(x[i]) + x[i] * NORMAL.density(x[i]);
            assertThat((double) slope[i]).as("at %s", x[i]).isCloseTo(exact, within(1e-6));
        }
    }

    @Test
    void nothing_is_left_of_very_negative_numbers_and_nothing_lost_of_large_ones() {
        float[] x = {-1e30f, -6, 6, 1e30f, -0f, Float.NaN};
        float[] y = new float[x.length];
        GeluKernels.forward(x, y, 0, x.length);
        assertThat(y).containsExactly(-0f, -0f, 6f, 1e30f, -0f, Float.NaN);
    }
}
