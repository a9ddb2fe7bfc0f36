package org.mtl4j.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeLeftTest {

    @Test
    void without_an_estimate_nothing_is_said_before_a_trial_has_ended() {
        assertThat(new TimeLeft(10, 2, Duration.ZERO).after(0)).isZero();
    }

    @Test
    void the_estimate_holds_until_each_worker_has_ended_two_trials() {
        TimeLeft left = new TimeLeft(10, 2, Duration.ofDays(1));
        assertThat(left.after(0)).isBetween(Duration.ofHours(23), Duration.ofDays(1));
        assertThat(left.after(3)).isBetween(Duration.ofHours(23), Duration.ofDays(1));
        assertThat(left.after(4)).isLessThan(Duration.ofHours(23)); // the pace so far
        assertThat(left.after(10)).isZero();
    }

    @Test
    void an_estimate_that_has_passed_is_no_time_left() {
        assertThat(new TimeLeft(10, 2, Duration.ofNanos(1)).after(0)).isZero();
    }
}
