package org.mtl4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToyTest {

    private static final double H = 1e-6;

    private static double loss(int task, double scale, double... x) {
        return Toy.surfaces(scale).get(task).formula().at(x, new double[2]);
    }

    private static double[] slope(int task, double scale, double... x) {
        double[] slope = new double[2];
        Toy.surfaces(scale).get(task).formula().at(x, slope);
        return slope;
    }

    /** The two losses, written out as they are published. */
    private static double[] published(double x1, double x2) {
        double f1 = Math.log(Math.max(Math.abs(0.5 * (-x1 - 7) - Math.tanh(-x2)), 0.000005)) + 6;
        double f2 = Math.log(Math.max(Math.abs(0.5 * (-x1 + 3) + Math.tanh(-x2) + 2), 0.000005)) + 6;
        double c1 = Math.max(Math.tanh(x2 * 0.5), 0);
        double q1 = (Math.pow(-x1 + 7, 2) + 0.1 * Math.pow(-x2 - 8, 2)) / 10 - 20;
        double q2 = (Math.pow(-x1 - 7, 2) + 0.1 * Math.pow(-x2 - 8, 2)) / 10 - 20;
        double c2 = Math.max(Math.tanh(-x2 * 0.5), 0);
        return new double[] {f1 * c1 + q1 * c2, f2 * c1 + q2 * c2};
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void the_losses_are_the_published_ones(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            double x1 = 20 * random.nextDouble() - 10;
            double x2 = 20 * random.nextDouble() - 10;
            double[] published = published(x1, x2);

            assertThat(loss(0, 1, x1, x2)).isCloseTo(published[0], within(1e-11));
            assertThat(loss(0, 0.1, x1, x2)).isCloseTo(0.1 * published[0], within(1e-11));
            assertThat(loss(1, 0.1, x1, x2)).isCloseTo(published[1], within(1e-11));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void the_slopes_are_those_of_central_differences(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            double x1 = 20 * random.nextDouble() - 10;
            double x2 = 20 * random.nextDouble() - 10;
            for (int task = 0; task < 2; task++) {
                double[] slope = slope(task, 0.5, x1, x2);
                double across = (loss(task, 0.5, x1 + H, x2) - loss(task, 0.5, x1 - H, x2)) / (2 * H);
                double up = (loss(task, 0.5, x1, x2 + H) - loss(task, 0.5, x1, x2 - H)) / (2 * H);

                assertThat(slope[0]).isCloseTo(across, within(1e-5 * Math.max(1, across * across)));
                assertThat(slope[1]).isCloseTo(up, within(1e-5 * Math.max(1, up * up)));
            }
        }
    }

    @Test
    void nothing_rests_where_both_halves_meet() {
        // c1 and c2 both pass their slope at x2 = 0: 0.5 f - 0.5 q
        double f1 = Math.log(3.5) + 6;
        double q1 = (49 + 6.4) / 10 - 20;

        assertThat(loss(0, 1, 0, 0)).isZero();
        assertThat(slope(0, 1, 0, 0)[1]).isCloseTo(0.5 * f1 - 0.5 * q1, within(1e-12));
    }

    @Test
    void a_logarithm_that_is_held_is_flat() {
        double x2 = 2;
        double x1 = -7 + 2 * Math.tanh(x2); // f1's argument is 0
        double f1 = Math.log(5e-6) + 6;

        assertThat(loss(0, 1, x1, x2)).isCloseTo(Math.tanh(1) * f1, within(1e-11));
        assertThat(slope(0, 1, x1, x2)[0]).isZero();
    }
}
