package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawsTest {

    @Test
    void the_same_seed_gives_the_same_bits_for_ever() {
        assertThat(Draws.generator(7).nextLong()).isEqualTo(8519040117858583192L);
        RandomGenerator random = Draws.generator(7);
        assertThat(Draws.uniform(random)).isEqualTo(0.46181809016367215);
        assertThat(Draws.uniform(random)).isEqualTo(0.3131317069922104);
        RandomGenerator again = Draws.generator(7);
        assertThat(IntStream.range(0, 6).map(i -> Draws.below(10, again))).containsExactly(4, 3, 2, 3, 7, 8);
        int[] order = {0, 1, 2, 3, 4, 5, 6, 7};
        Draws.shuffle(order, Draws.generator(7));
        assertThat(order).containsExactly(0, 4, 6, 7, 5, 1, 2, 3);
    }

    @Test
    void normal_draws_have_the_moments_of_a_normal() {
        int n = 200_000;
        float[] x = new float[n];
        Draws.normal(x, 0, n, 2, Draws.generator(1));
        assertThat(moment(x, 1)).isCloseTo(0, within(0.02));
        assertThat(moment(x, 2) / 4).isCloseTo(1, within(0.02));
        assertThat(moment(x, 3) / 8).isCloseTo(0, within(0.05));
        assertThat(moment(x, 4) / 16).isCloseTo(3, within(0.1));
    }

    @Test
    void one_normal_draw_is_the_first_of_many() {
        float[] x = new float[3];
        Draws.normal(x, 0, 3, 1, Draws.generator(5));
        RandomGenerator random = Draws.generator(5);
        for (float value : x) {
            assertThat((float) Draws.normal(random)).isEqualTo(value);
        }
    }

    @Test
    void uniform_draws_have_the_moments_of_a_uniform() {
        int n = 200_000;
        float[] x = new float[n];
        Draws.uniform(x, 0, n, 3, Draws.generator(1));
        assertThat(moment(x, 1)).isCloseTo(0, within(0.02));
        assertThat(moment(x, 2)).isCloseTo(3, within(0.03));
        for (float value : x) {
            assertThat(value).isBetween(-3f, 3f);
        }
    }

    private static double moment(float[] x, int power) {
        double sum = 0;
        for (float value : x) {
            sum += StrictMath.pow(value, power);
        }
        return sum / x.length;
    }

    @Test
    void every_order_of_a_shuffle_is_as_likely() {
        int[] counts = new int[6];
        RandomGenerator random = Draws.generator(3);
        for (int i = 0; i < 60_000; i++) {
            int[] order = {0, 1, 2};
            Draws.shuffle(order, random);
            counts[order[0] * 2 + (order[1] > order[2] ? 1 : 0)]++;
        }
        for (int count : counts) {
            assertThat(count).isBetween(9_600, 10_400); // four standard deviations
        }
    }
}
