package org.mtl4j.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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

    @Test
    void a_warm_up_rises_to_the_first_rate_of_what_follows() {
        Schedule schedule = new Schedule.Warmup(10, 0.1, new Schedule.Cosine(0, 0));
        assertThat(schedule.rate(0.2, 0, 30)).isCloseTo(0.02, within(1e-15));
        assertThat(schedule.rate(0.2, 5, 30)).isCloseTo(0.2 * (0.1 + 0.9 * 0.5), within(1e-15));
        assertThat(schedule.rate(0.2, 10, 30)).isEqualTo(0.2);
        assertThat(schedule.rate(0.2, 20, 30)).isCloseTo(0.1, within(1e-15)); // half of the 20 steps that are left
        assertThat(schedule.rate(0.2, 30, 30)).isCloseTo(0, within(1e-15));
    }

    @Test
    void one_cycle_without_a_length_takes_the_whole_training_and_stays_at_its_end() {
        assertThat(OneCycle.whole().rate(1, 29, 100)).isEqualTo(1);
        assertThat(OneCycle.whole().rate(1, 0, 100)).isCloseTo(1 / 25.0, within(1e-15));
        assertThat(OneCycle.whole().rate(1, 99, 100)).isCloseTo(1 / 25.0 / 1e4, within(1e-15));
        assertThat(OneCycle.whole().steps(50).rate(1, 80, 100))
                .isEqualTo(OneCycle.whole().steps(50).rate(1, 49, 100));
        assertThat(OneCycle.whole().rate(1, 0, 1)).isFinite();
    }

    @Test
    void a_plateau_waits_out_its_patience_and_its_cool_down() {
        Pace pace =
                Plateau.usual().factor(0.5).patience(1).cooldown(1).floor(0.3).begin();
        double[] criteria = {5, 5, 5, 5, 5, 5, 1, 2, 2};
        double[] rates = {1, 1, 0.5, 0.5, 0.5, 0.3, 0.3, 0.3, 0.3};
        for (int epoch = 0; epoch < criteria.length; epoch++) {
            pace.hear(criteria[epoch]);
            assertThat(pace.rate(1, epoch, 9)).as("after epoch %d", epoch).isEqualTo(rates[epoch]);
        }
        Pace deaf = Plateau.usual().patience(0).begin();
        deaf.hear(Double.NaN); // no improvement
        assertThat(deaf.rate(1, 0, 9)).isEqualTo(0.1);
    }

    @Test
    void each_new_kind_prints_as_the_call_that_makes_it() {
        assertThat(new Schedule.MultiStep(0.5, List.of(10, 20))).hasToString("multiStepDecay(0.5, 10, 20)");
        assertThat(new Schedule.Exponential(0.5)).hasToString("exponentialDecay(0.5)");
        assertThat(new Schedule.Polynomial(1, Schedule.WHOLE)).hasToString("polynomialDecay(1.0)");
        assertThat(new Schedule.Polynomial(2, 10)).hasToString("polynomialDecay(2.0, 10)");
        assertThat(new Schedule.InverseSqrt(10)).hasToString("inverseSqrt(10)");
        assertThat(CosineRestarts.of(10).growth(2).floor(0.5)).hasToString("cosineRestarts(10).growth(2).floor(0.5)");
        assertThat(OneCycle.whole()
                        .steps(10)
                        .pctStart(0.5)
                        .divFactor(2)
                        .finalDivFactor(4)
                        .linear()
                        .threePhase())
                .hasToString(
                        "oneCycle().steps(10).pctStart(0.5).divFactor(2.0).finalDivFactor(4.0).linear().threePhase()");
        assertThat(Plateau.usual()
                        .factor(0.5)
                        .patience(3)
                        .cooldown(1)
                        .floor(0.25)
                        .threshold(0.125)
                        .absolute())
                .hasToString("plateau().factor(0.5).patience(3).cooldown(1).floor(0.25).threshold(0.125).absolute()");
        assertThat(new Schedule.Warmup(10, 0.5, new Schedule.Exponential(0.5)))
                .hasToString("warmup(10, 0.5).schedule(exponentialDecay(0.5))");
    }

    @Test
    void settings_of_each_new_kind_outside_their_range_are_errors() {
        assertFails(
                () -> new Schedule.MultiStep(0.5, List.of(20, 10)),
                "multiStepDecay(0.5, 20, 10): the factor lies in (0, 1], the steps are positive and rise.\n"
                        + "Give factor and steps: multiStepDecay(0.1, 500, 800).");
        assertFails(
                () -> new Schedule.Exponential(0),
                "exponentialDecay(0.0): the factor of a step lies in (0, 1].\n"
                        + "Give one such as exponentialDecay(0.999).");
        assertFails(
                () -> new Schedule.Polynomial(0, 5),
                "polynomialDecay(0.0, 5): the power is a finite number above 0, the second a number of steps.\n"
                        + "Give polynomialDecay(1) for a line to 0 over the whole training.");
        assertFails(
                () -> new Schedule.InverseSqrt(0),
                "inverseSqrt(0): it is a positive number of steps.\nGive the steps to the base rate: inverseSqrt(4000).");
        assertFails(
                () -> new Schedule.Warmup(0, 0.5, new Schedule.Constant()),
                "warmup(0, 0.5): the first is a positive number of steps, the second lies in (0, 1].\n"
                        + "Give the steps of the warm-up: warmup(500).");
        assertFails(
                () -> CosineRestarts.of(0),
                "cosineRestarts(0).growth(1).floor(0.0): steps and growth are at least 1, the floor is a rate of at least 0.\n"
                        + "Give the steps of the first cycle: cosineRestarts(1000).growth(2).");
        assertFails(
                () -> OneCycle.whole().pctStart(1),
                "oneCycle().steps(0).pctStart(1.0).divFactor(25.0).finalDivFactor(10000.0): pctStart lies in (0, 1), the factors are at least 1.\n"
                        + "Give oneCycle() for PyTorch's values over the whole training.");
        assertFails(
                () -> OneCycle.whole().pctStart(0.6).threePhase(),
                "oneCycle().pctStart(0.6).threePhase(): the way up and the same way down take more than the whole.\n"
                        + "Give a pctStart of at most 0.5.");
        assertFails(
                () -> Plateau.usual().factor(1),
                "plateau().factor(1.0).patience(10).cooldown(0): the factor lies in (0, 1), the others are numbers of epochs.\n"
                        + "Give such as plateau().factor(0.5).patience(3).");
        assertFails(
                () -> Plateau.usual().threshold(-1),
                "threshold(-1.0): it is a finite number of at least 0.\n"
                        + "Give such a number, or leave threshold(..) out for the usual one.");
    }

    private static void assertFails(ThrowingCallable made, String message) {
        assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
