package org.mtl4j.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.bytes.ByteReader;
import org.mtl4j.bytes.ByteWriter;
import org.mtl4j.bytes.State;
import org.mtl4j.tensor.Crew;
import org.mtl4j.tensor.Draws;

/** What every optimiser does. */
class OptimiserContractTest {

    private static final double RATE = 0.02;

    static Stream<Optimiser> all() {
        return Catalogue.all(RATE);
    }

    private static float[] noise(int n, RandomGenerator random) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) (2 * Draws.uniform(random) - 1);
        }
        return values;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void it_goes_down_a_bowl(Optimiser optimiser) {
        float[] values = {1, -2, 0.5f, 3};
        Update update = optimiser.start(4);
        for (int t = 0; t < 400; t++) {
            update.step(values, values.clone(), RATE); // the gradient of |x|^2 / 2 is x
        }
        double square = 0;
        for (float value : values) {
            assertThat(value).isFinite();
            square += value * value;
        }
        assertThat(square).isLessThan(1 + 4 + 0.25 + 9);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void many_numbers_have_the_same_bits_on_1_to_4_threads(Optimiser optimiser) {
        float[] one = moved(optimiser);
        for (int threads = 2; threads <= 4; threads++) {
            assertThat(Crew.during(threads, () -> moved(optimiser))).isEqualTo(one);
        }
    }

    private static float[] moved(Optimiser optimiser) {
        RandomGenerator random = Draws.generator(2);
        int many = 4 * Crew.STREAMED + 7;
        float[] values = noise(many, random);
        Update update = optimiser.start(many);
        for (int t = 0; t < 3; t++) {
            update.step(values, noise(many, random), RATE);
        }
        return values;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void to_maximise_is_to_minimise_the_negative(Optimiser optimiser) {
        RandomGenerator random = Draws.generator(1);
        float[] down = noise(5, random);
        float[] up = down.clone();
        Update one = optimiser.start(5);
        Update other = optimiser.maximise().start(5);
        for (int t = 0; t < 10; t++) {
            float[] gradient = noise(5, random);
            float[] negative = gradient.clone();
            for (int i = 0; i < 5; i++) {
                negative[i] = -gradient[i];
            }
            one.step(down, gradient, RATE);
            other.step(up, negative, RATE);
        }
        assertThat(up).containsExactly(down);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void a_zero_gradient_moves_nothing_at_first(Optimiser optimiser) {
        float[] values = {1, -2};
        optimiser.weightDecay(0).start(2).step(values, new float[2], RATE);
        assertThat(values).containsExactly(1, -2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void a_state_that_was_written_and_read_goes_on_with_the_same_bits(Optimiser optimiser) {
        RandomGenerator random = Draws.generator(2);
        float[] values = noise(7, random);
        Update update = optimiser.weightDecay(0.01).start(7);
        for (int t = 0; t < 5; t++) {
            update.step(values, noise(7, random), RATE);
        }
        ByteWriter out = new ByteWriter("state", 1);
        update.state(State.to(out));
        ByteReader in = new ByteReader("state", 1, out.finish(), IllegalArgumentException::new);
        Update again = optimiser.weightDecay(0.01).start(7);
        again.state(State.from(in));
        in.end();
        float[] copy = values.clone();
        for (int t = 0; t < 5; t++) {
            float[] gradient = noise(7, random);
            update.step(values, gradient, RATE);
            again.step(copy, gradient, RATE);
        }
        assertThat(copy).containsExactly(values);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void all_withers_answer_its_own_type_and_print(Optimiser optimiser) {
        Optimiser full = optimiser
                .rate(0.5)
                .weightDecay(0.25)
                .maximise()
                .warmup(10)
                .schedule(new Schedule.Cosine(0, 0))
                .clipNorm(2)
                .group("encoder", 0.125)
                .group("head", Rate.of(0.0625).weightDecay(0))
                .accumulate(4)
                .ema(0.75);
        assertThat(full).hasSameClassAs(optimiser);
        String words =
                ".weightDecay(0.25).maximise().warmup(10).schedule(cosine()).clipNorm(2.0).group(\"encoder\", 0.125)"
                        + ".group(\"head\", rate(0.0625).weightDecay(0.0)).accumulate(4).ema(0.75)";
        assertThat(full.toString()).contains("(0.5)").contains(words);
        assertThat(full.toString().toLowerCase(Locale.ROOT))
                .startsWith(optimiser.toString().substring(0, 3).toLowerCase(Locale.ROOT));
    }

    @Test
    void each_prints_as_the_line_that_makes_it() {
        assertThat(Adagrad.of(0.1).rateDecay(0.5).initial(0.25).epsilon(1e-8))
                .hasToString("adagrad(0.1).rateDecay(0.5).initial(0.25).epsilon(1.0E-8)");
        assertThat(Adadelta.of(1).rho(0.5).epsilon(1e-4)).hasToString("adadelta(1.0).rho(0.5).epsilon(1.0E-4)");
        assertThat(RmsProp.of(0.1).alpha(0.5).momentum(0.25).centered())
                .hasToString("rmsprop(0.1).alpha(0.5).momentum(0.25).centered()");
        assertThat(Adamax.of(0.1).betas(0.5, 0.75)).hasToString("adamax(0.1).betas(0.5, 0.75)");
        assertThat(NAdam.of(0.1).momentumDecay(0.5).decoupled())
                .hasToString("nadam(0.1).momentumDecay(0.5).decoupled()");
        assertThat(RAdam.of(0.1).epsilon(1e-6)).hasToString("radam(0.1).epsilon(1.0E-6)");
        assertThat(AdaBelief.of(0.1).decoupled()).hasToString("adaBelief(0.1).decoupled()");
        assertThat(Lion.of(0.1).betas(0.5, 0.75)).hasToString("lion(0.1).betas(0.5, 0.75)");
        assertThat(new Sam(Adam.of(0.1), 0.05).clipNorm(1)).hasToString("sam(adam(0.1).clipNorm(1.0))");
        assertThat(new Sam(Sgd.of(0.1), 0.5)).hasToString("sam(sgd(0.1), 0.5)");
        assertThat(Adam.of(0.1).ema(Ema.of(0.5).warmup()).warmup(3, 0.5))
                .hasToString("adam(0.1).warmup(3, 0.5).ema(ema(0.5).warmup())");
    }

    @Test
    void a_second_group_of_one_prefix_replaces_the_first() {
        assertThat(Adam.of(0.1).group("head", 0.5).group("head", 0.25)).hasToString("adam(0.1).group(\"head\", 0.25)");
    }

    @Test
    void settings_outside_their_range_are_errors() {
        assertFails(
                () -> Adagrad.of(0.1).rateDecay(-1),
                "rateDecay(-1.0): it is a finite number of at least 0.\n"
                        + "Give such a number, or leave rateDecay(..) out for the usual one.");
        assertFails(
                () -> RmsProp.of(0.1).alpha(1),
                "alpha(1.0): it lies in [0, 1).\nGive such a number, or leave alpha(..) out for the usual one.");
        assertFails(
                () -> Adadelta.of(0.1).epsilon(0),
                "epsilon(0.0): it is a finite number above 0.\n"
                        + "Give such a number, or leave epsilon(..) out for the usual one.");
        assertFails(
                () -> Lion.of(0.1).betas(0.9, 1),
                "lion(..).betas(0.9, 1.0): both lie in [0, 1).\nGive them as betas(0.9, 0.99).");
        assertFails(
                () -> new Sam(Adam.of(0.1), 0),
                "sam(.., 0.0): rho is a finite number above 0.\n"
                        + "Give the length of the perturbation: sam(adam(1e-3), 0.05).");
        assertFails(
                () -> new Sam(new Sam(Adam.of(0.1), 0.05), 0.05),
                "sam(sam(adam(0.1))): it is perturbed already.\n"
                        + "Give an optimiser that takes the steps: sam(adam(1e-3), 0.05).");
        assertFails(() -> Ema.of(1), "ema(1.0): the decay lies in [0, 1).\nGive one such as ema(0.999).");
        assertFails(
                () -> Adam.of(0.1).accumulate(0),
                "accumulate(0): a step takes at least 1 batch.\nGive the batches of a step: accumulate(4).");
        assertFails(
                () -> Adam.of(0.1).group(" ", 0.1),
                "group(\"\", ..): it names no parameters.\nGive what their names begin with: group(\"encoder\", 1e-4).");
        assertFails(
                () -> Adam.of(0.1).group("head", -1),
                "Learning rate -1.0: it is a finite number above 0.\nGive one such as adam(1e-3).");
        assertFails(
                () -> Rate.of(0.1).weightDecay(Double.NaN),
                "weightDecay(NaN): it is a finite number of at least 0.\nGive one such as weightDecay(1e-4).");
    }

    private static void assertFails(ThrowingCallable made, String message) {
        assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
