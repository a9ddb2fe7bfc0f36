package org.mtl4j.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

class ContoursTest {

    private static double[] grid(int n, DoubleBinaryOperator f) {
        double[] values = new double[n * n];
        for (int i = 0; i < values.length; i++) {
            int row = i / n;
            values[i] = f.applyAsDouble(i - row * n, row);
        }
        return values;
    }

    @Test
    void a_plane_has_one_straight_line() {
        List<double[]> lines = Contours.of(grid(4, (x, y) -> x), 4, 1.25);

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).containsExactly(1.25, 0, 1.25, 1, 1.25, 2, 1.25, 3);
    }

    @Test
    void a_bowl_has_a_closed_ring_whose_points_lie_at_its_level() {
        List<double[]> lines = Contours.of(grid(41, (x, y) -> Math.hypot(x - 20, y - 20)), 41, 12);

        assertThat(lines).hasSize(1);
        double[] ring = lines.get(0);
        assertThat(ring).hasSizeGreaterThan(150);
        assertThat(ring[0]).isEqualTo(ring[ring.length - 2]);
        assertThat(ring[1]).isEqualTo(ring[ring.length - 1]);
        for (int i = 0; i < ring.length; i += 2) {
            assertThat(Math.hypot(ring[i] - 20, ring[i + 1] - 20)).isCloseTo(12, within(0.02));
        }
    }

    @Test
    void two_hills_have_two_rings_and_a_level_above_both_has_none() {
        double[] hills = grid(
                41,
                (x, y) -> Math.max(
                        Math.exp(-Math.pow(x - 10, 2) / 20 - Math.pow(y - 20, 2) / 20),
                        Math.exp(-Math.pow(x - 30, 2) / 20 - Math.pow(y - 20, 2) / 20)));

        assertThat(Contours.of(hills, 41, 0.5)).hasSize(2);
        assertThat(Contours.of(hills, 41, 1.5)).isEmpty();
    }

    @Test
    void at_a_saddle_the_mean_of_the_cell_decides_what_is_joined() {
        // high at the lower left and the upper right
        assertThat(Contours.of(new double[] {2, 0, 0, 2}, 2, 0.5))
                .containsExactlyInAnyOrder(new double[] {0.75, 0, 1, 0.25}, new double[] {0, 0.75, 0.25, 1});
        assertThat(Contours.of(new double[] {2, 0, 0, 2}, 2, 1.5))
                .containsExactlyInAnyOrder(new double[] {0.25, 0, 0, 0.25}, new double[] {1, 0.75, 0.75, 1});
    }

    @Test
    void cells_without_a_number_have_no_line() {
        double[] plane = grid(4, (x, y) -> x == 2 && y == 1 ? Double.NaN : y);

        assertThat(Contours.of(plane, 4, 0.5))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line).containsExactly(0, 0.5, 1, 0.5));
    }

    @Test
    void a_thinned_line_keeps_its_ends_and_stays_within_the_tolerance() {
        int n = 1000;
        double[] wave = new double[2 * n];
        for (int i = 0; i < n; i++) {
            wave[2 * i] = i;
            wave[2 * i + 1] = 50 * Math.sin(i / 80.0);
        }

        double[] thinned = Thinned.of(wave, 0.4);

        assertThat(thinned)
                .hasSizeLessThan(300)
                .startsWith(wave[0], wave[1])
                .endsWith(wave[2 * n - 2], wave[2 * n - 1]);
        for (int i = 0; i < n; i++) {
            int k = 0;
            while (thinned[2 * k + 2] < i) {
                k++;
            }
            double part = (i - thinned[2 * k]) / (thinned[2 * k + 2] - thinned[2 * k]);
            double drawn = thinned[2 * k + 1] + part * (thinned[2 * k + 3] - thinned[2 * k + 1]);
            assertThat(drawn).isCloseTo(wave[2 * i + 1], within(0.5)); // upward; across the line it is less
        }
    }

    @Test
    void a_straight_line_is_thinned_to_its_ends() {
        assertThat(Thinned.of(new double[] {0, 0, 1, 1, 2, 2, 3, 3}, 0.01)).containsExactly(0, 0, 3, 3);
        assertThat(Thinned.of(new double[] {0, 0}, 0.01)).containsExactly(0, 0);
    }
}
