package org.mtl4j.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void a_constant_rate_is_the_base_rate() {
        assertThat(new Schedule.Constant().rate(0.1, 99, 100)).isEqualTo(0.1);
    }

    @Test
    void step_decay_drops_at_every_multiple() {
        Schedule schedule = new Schedule.Step(7, 0.5);
        assertThat(schedule.rate(0.1, 6, 100)).isEqualTo(0.1);
        assertThat(schedule.rate(0.1, 7, 100)).isEqualTo(0.05);
        assertThat(schedule.rate(0.1, 14, 100)).isEqualTo(0.025);
    }

    @Test
    void a_cosine_goes_from_the_base_rate_to_its_floor_and_up_again() {
        Schedule schedule = new Schedule.Cosine(10, 0.02);
        assertThat(schedule.rate(0.1, 0, 100)).isEqualTo(0.1);
        assertThat(schedule.rate(0.1, 5, 100)).isCloseTo(0.06, within(1e-15));
        assertThat(schedule.rate(0.1, 10, 100)).isEqualTo(0.02);
        assertThat(schedule.rate(0.1, 20, 100)).isCloseTo(0.1, within(1e-15));
    }

    @Test
    void a_cosine_without_a_period_takes_the_whole_training() {
        Schedule schedule = new Schedule.Cosine(0, 0);
        assertThat(schedule.rate(0.1, 50, 100)).isCloseTo(0.05, within(1e-15));
        assertThat(schedule.rate(0.1, 0, 0)).isEqualTo(0.1);
    }

    @Test
    void each_prints_as_the_call_that_makes_it() {
        assertThat(new Schedule.Constant()).hasToString("constant()");
        assertThat(new Schedule.Step(1000, 0.5)).hasToString("stepDecay(1000, 0.5)");
        assertThat(new Schedule.Cosine(0, 0)).hasToString("cosine()");
        assertThat(new Schedule.Cosine(1000, 1e-5)).hasToString("cosine(1000, 1.0E-5)");
    }

    @Test
    void settings_outside_their_range_are_errors() {
        assertThatThrownBy(() -> new Schedule.Step(0, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stepDecay(0, 0.5): the first is a positive number of steps, the second lies in (0, 1].\n"
                        + "Give steps and factor: stepDecay(1000, 0.5).");
        assertThatThrownBy(() -> new Schedule.Cosine(-1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cosine(-1, 0.0): the first is a number of steps, the second a rate of at least 0.\n"
                        + "Give cosine() for the whole training, or cosine(1000, 1e-5).");
    }
}
