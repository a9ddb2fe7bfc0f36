package org.mtl4j.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PowersTest {

    @Test
    void whole_powers_are_those_of_strict_maths() {
        for (double base : new double[] {0, 0.5, 0.9, 0.999, 0.9999}) {
            for (long n : new long[] {0, 1, 2, 3, 7, 100, 4097, 1_000_000}) {
                double exact = StrictMath.pow(base, (double) n);
                assertThat(Powers.of(base, n)).as("%s^%d", base, n).isCloseTo(exact, within(1e-10 * exact));
            }
        }
    }

    @Test
    void powers_of_many_steps_end_at_0() {
        assertThat(Powers.of(0.9, Long.MAX_VALUE)).isZero();
    }
}
