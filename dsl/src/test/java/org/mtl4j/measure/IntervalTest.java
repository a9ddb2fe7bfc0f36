package org.mtl4j.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class IntervalTest {

    @Test
    void bounds_are_those_of_a_t_table() {
        // n = 4, mean 2.5, s = 1.2909944487358056, t(0.975, 3) = 3.182446305284263 (Abramowitz and Stegun, table 26.10)
        Interval interval = Interval.of(List.of(1.0, 2.0, 3.0, 4.0));

        assertThat(interval.mean()).isEqualTo(2.5);
        assertThat(interval.low()).isCloseTo(2.5 - 3.182446305284263 * 1.2909944487358056 / 2, within(1e-12));
        assertThat(interval.high()).isCloseTo(2.5 + 3.182446305284263 * 1.2909944487358056 / 2, within(1e-12));
        assertThat(interval.excludesZero()).isTrue();
    }

    @Test
    void prints_mean_bounds_level_and_n() {
        assertThat(new Interval(0.074, 0.01, 0.138, 0.95, 8)).hasToString("+0.0740 [+0.0100, +0.1380] (95 % t, n = 8)");
        assertThat(Interval.of(List.of(-12.0, -14.0), 0.999))
                .hasToString("-13.00 [-649.62, +623.62] (99.9 % t, n = 2)");
        assertThat(Interval.of(List.of(2e-5, 4e-5))).hasToString("+3.00e-05 [-9.71e-05, +1.57e-04] (95 % t, n = 2)");
    }

    @Test
    void one_pair_gives_no_interval() {
        Interval interval = Interval.of(List.of(0.2));

        assertThat(interval.low()).isNaN();
        assertThat(interval.excludesZero()).isFalse();
        assertThat(interval).hasToString("+0.2000 (n = 1: no interval)");
        assertThat(Interval.of(List.of())).hasToString("no value (n = 0)");
    }

    @Test
    void equal_differences_give_an_interval_of_no_width() {
        assertThat(Interval.of(List.of(0.0, 0.0)).excludesZero()).isFalse();
        assertThat(Interval.of(List.of(0.5, 0.5)).excludesZero()).isTrue();
    }

    @Test
    void a_difference_that_is_not_finite_is_named() {
        assertThatThrownBy(() -> Interval.of(List.of(1.0, Double.NaN)))
                .hasMessage("A difference is NaN: an interval needs finite values.\nLeave that pair out.");
        assertThatThrownBy(() -> Interval.of(List.of(1.0), 95))
                .hasMessage("An interval of level 95.0: a level lies between 0 and 1.\nUse 0.95, for example.");
    }
}
