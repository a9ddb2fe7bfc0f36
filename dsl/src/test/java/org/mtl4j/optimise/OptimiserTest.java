package org.mtl4j.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each optimiser against its formula, written out in double for one number. */
class OptimiserTest {

    private static final double RATE = 0.05;
    private static final double[] GRADIENTS = {1.5, -0.3, 0, 2, -4, 1e-3};

    /** One step of a formula: answers the new value. */
    private interface Formula {
        double step(double theta, double g, int t);
    }

    static Stream<Arguments> formulas() {
        return Stream.of(
                Arguments.of(Sgd.of(RATE), (Formula) (theta, g, t) -> theta - RATE * g),
                Arguments.of(
                        Sgd.of(RATE).weightDecay(0.1), (Formula) (theta, g, t) -> theta - RATE * (g + 0.1 * theta)),
                Arguments.of(Sgd.of(RATE).maximise(), (Formula) (theta, g, t) -> theta + RATE * g),
                Arguments.of(Sgd.of(RATE).momentum(0.9), new Momentum(0.9, 0, false)),
                Arguments.of(Sgd.of(RATE).momentum(0.8).dampening(0.3), new Momentum(0.8, 0.3, false)),
                Arguments.of(Sgd.of(RATE).nesterov(0.9), new Momentum(0.9, 0, true)),
                Arguments.of(Adam.of(RATE), new Moments(0, 0, false)),
                Arguments.of(Adam.of(RATE).weightDecay(0.1), new Moments(0.1, 0, false)),
                Arguments.of(Adam.of(RATE).amsgrad(), new Moments(0, 0, true)),
                Arguments.of(Adam.decoupled(RATE), new Moments(0, Adam.DEFAULT_ADAMW_DECAY, false)));
    }

    private static final class Momentum implements Formula {
        private final double mu;
        private final double dampening;
        private final boolean nesterov;
        private double v;

        Momentum(double mu, double dampening, boolean nesterov) {
            this.mu = mu;
            this.dampening = dampening;
            this.nesterov = nesterov;
        }

        @Override
        public double step(double theta, double g, int t) {
            v = t == 1 ? g : mu * v + (1 - dampening) * g;
            return theta - RATE * (nesterov ? g + mu * v : v);
        }
    }

    private static final class Moments implements Formula {
        private final double coupled;
        private final double decoupled;
        private final boolean amsgrad;
        private double m;
        private double v;
        private double largest;

        Moments(double coupled, double decoupled, boolean amsgrad) {
            this.coupled = coupled;
            this.decoupled = decoupled;
            this.amsgrad = amsgrad;
        }

        @Override
        public double step(double theta, double g, int t) {
            double shrunk = theta * (1 - RATE * decoupled);
            double gradient = g + coupled * theta;
            m = 0.9 * m + 0.1 * gradient;
            v = 0.999 * v + 0.001 * gradient * gradient;
            largest = Math.max(largest, v);
            double root = Math.sqrt((amsgrad ? largest : v) / (1 - Math.pow(0.999, t)));
            return shrunk - RATE * m / (1 - Math.pow(0.9, t)) / (root + 1e-8);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("formulas")
    void it_takes_the_steps_of_its_formula(Optimiser optimiser, Formula formula) {
        float[] values = {0.7f, 0.7f};
        Update update = optimiser.start(2);
        double theta = values[0];
        for (int t = 1; t <= GRADIENTS.length; t++) {
            float g = (float) GRADIENTS[t - 1];
            update.step(values, new float[] {g, g}, RATE);
            theta = formula.step(theta, g, t);
            assertThat((double) values[0]).isCloseTo(theta, within(1e-6));
            assertThat(values[1]).isEqualTo(values[0]);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("formulas")
    void two_trainings_of_one_optimiser_do_not_share_state(Optimiser optimiser, Formula formula) {
        float[] first = {1};
        Update one = optimiser.start(1);
        one.step(first, new float[] {1}, RATE);
        one.step(first, new float[] {1}, RATE);
        float[] second = {1};
        Update other = optimiser.start(1);
        other.step(second, new float[] {1}, RATE);
        other.step(second, new float[] {1}, RATE);
        assertThat(second).containsExactly(first);
    }

    @Test
    void each_prints_as_the_line_that_makes_it() {
        assertThat(Sgd.of(0.1)).hasToString("sgd(0.1)");
        assertThat(Sgd.of(0.1).momentum(0.9).dampening(0.2)).hasToString("sgd(0.1).momentum(0.9).dampening(0.2)");
        assertThat(Sgd.of(0.1).nesterov(0.9).weightDecay(1e-4).maximise())
                .hasToString("sgd(0.1).nesterov(0.9).weightDecay(1.0E-4).maximise()");
        assertThat(Adam.of(1e-3)).hasToString("adam(0.001)");
        assertThat(Adam.of(0.01).betas(0.8, 0.95).epsilon(1e-6).amsgrad().clipNorm(1))
                .hasToString("adam(0.01).betas(0.8, 0.95).epsilon(1.0E-6).amsgrad().clipNorm(1.0)");
        assertThat(Adam.decoupled(0.01)).hasToString("adamW(0.01)");
        assertThat(Adam.decoupled(0.01).weightDecay(0.2).clipValue(0.5).schedule(new Schedule.Cosine(0, 0)))
                .hasToString("adamW(0.01).weightDecay(0.2).schedule(cosine()).clipValue(0.5)");
    }

    @Test
    void an_adam_w_without_decay_prints_that_it_has_none() {
        assertThat(Adam.decoupled(0.01).weightDecay(0)).hasToString("adamW(0.01).weightDecay(0.0)");
    }

    @Test
    void settings_outside_their_range_are_errors() {
        assertFails(() -> Sgd.of(0), "Learning rate 0.0: it is a finite number above 0.\nGive one such as adam(1e-3).");
        assertFails(
                () -> Adam.of(1).weightDecay(-1),
                "weightDecay(-1.0): it is a finite number of at least 0.\nGive one such as weightDecay(1e-4).");
        assertFails(() -> Sgd.of(1).momentum(1), "momentum(1.0): it lies in [0, 1).\nGive one such as momentum(0.9).");
        assertFails(
                () -> Adam.of(1).betas(0.9, 1),
                "betas(0.9, 1.0): both lie in [0, 1).\nGive them as betas(0.9, 0.999).");
        assertFails(
                () -> NAdam.of(1).epsilon(0),
                "epsilon(0.0): it is a finite number above 0.\nGive one such as epsilon(1e-8).");
        assertFails(
                () -> Adam.of(1).clipNorm(0),
                "clipNorm(0.0): it is a finite number above 0.\nGive the longest gradient: clipNorm(1).");
        assertFails(
                () -> Adam.of(1).clipValue(-1),
                "clipValue(-1.0): it is a finite number above 0.\n"
                        + "Give the largest number of a gradient: clipValue(1).");
        assertFails(
                () -> new Clipping.Norm(1, 3),
                "The order of a norm is 1, 2 or infinity, not 3.0.\nLeave it out for 2.");
    }

    private static void assertFails(ThrowingCallable made, String message) {
        assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
