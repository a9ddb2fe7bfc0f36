package org.mtl4j.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.bytes.ByteReader;
import org.mtl4j.bytes.ByteWriter;
import org.mtl4j.bytes.State;
import org.mtl4j.tensor.Parameters;

class DescentTest {

    private static final float[] VALUES = {1, 2, 3, 4, 5};
    private static final float[] GRADIENT = {0.5f, -1, 2, -0.25f, 1};

    private static Parameters parameters() {
        Parameters parameters = new Parameters();
        parameters.addVector("encoder.0.weight", Arrays.copyOfRange(VALUES, 0, 2));
        parameters.addVector("encoder.10.weight", Arrays.copyOfRange(VALUES, 2, 3));
        parameters.addVector("head.income.weight", Arrays.copyOfRange(VALUES, 3, 5));
        return parameters;
    }

    private static void step(Descent descent, Parameters parameters, int rows) {
        System.arraycopy(GRADIENT, 0, parameters.gradient(), 0, GRADIENT.length);
        descent.take(rows);
    }

    static Stream<Optimiser> all() {
        return Catalogue.all(0.1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void a_group_steps_as_an_optimiser_of_its_own_rate_would(Optimiser optimiser) {
        Parameters grouped = parameters();
        Descent one = new Descent(
                optimiser
                        .group("encoder", 0.01)
                        .group("head.income", Rate.of(0.5).weightDecay(0.25)),
                grouped,
                10);
        Parameters slow = parameters();
        Parameters fast = parameters();
        Descent slower = new Descent(optimiser.rate(0.01), slow, 10);
        Descent faster = new Descent(optimiser.rate(0.5).weightDecay(0.25), fast, 10);
        for (int s = 0; s < 5; s++) {
            step(one, grouped, 1);
            step(slower, slow, 1);
            step(faster, fast, 1);
        }
        assertThat(Arrays.copyOfRange(grouped.values(), 0, 3)).containsExactly(Arrays.copyOf(slow.values(), 3));
        assertThat(Arrays.copyOfRange(grouped.values(), 3, 5)).containsExactly(Arrays.copyOfRange(fast.values(), 3, 5));
    }

    @Test
    void the_longest_prefix_counts_and_ends_at_a_point() {
        Parameters parameters = parameters();
        Descent nested = new Descent(Sgd.of(1).group("encoder", 0.5).group("encoder.0", 0.25), parameters, 10);
        step(nested, parameters, 1);
        assertThat(parameters.values()).containsExactly(1 - 0.125f, 2 + 0.25f, 3 - 1f, 4 + 0.25f, 5 - 1f);
    }

    @Test
    void a_group_of_no_parameter_is_an_error_that_names_the_groups() {
        assertThatThrownBy(() -> new Descent(Sgd.of(1).group("encoder.1", 0.5), parameters(), 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "group(\"encoder.1\", ..): no parameter of this net is called so or begins with it and a point.\n"
                                + "Groups to name are encoder, encoder.0, encoder.10, head, head.income.");
    }

    @Test
    void the_rate_of_a_group_follows_the_schedule() {
        Parameters parameters = parameters();
        Descent descent =
                new Descent(Sgd.of(1).schedule(new Schedule.Step(1, 0.5)).group("head", 4), parameters, 10);
        step(descent, parameters, 1);
        step(descent, parameters, 1);
        assertThat(parameters.values()[0]).isEqualTo(1 - 1.5f * 0.5f);
        assertThat(parameters.values()[4]).isEqualTo(5 - 6f * 1);
        assertThat(descent.rate()).isEqualTo(0.25);
        assertThat(descent.lastRate()).isEqualTo(0.5);
    }

    @Test
    void batches_of_a_step_are_weighed_by_their_rows_and_clipped_together() {
        Parameters parameters = parameters();
        Descent descent = new Descent(Sgd.of(1).accumulate(2).clipValue(1), parameters, 10);
        Arrays.fill(parameters.gradient(), 3);
        descent.take(1);
        assertThat(parameters.values()).containsExactly(VALUES);
        assertThat(descent.steps()).isZero();
        assertThat(descent.isBetweenSteps()).isFalse();
        Arrays.fill(parameters.gradient(), -1);
        descent.take(3);
        assertThat(parameters.values()).containsExactly(VALUES); // (3 - 3) / 4
        assertThat(descent.steps()).isEqualTo(1);
        Arrays.fill(parameters.gradient(), 5);
        descent.take(2);
        descent.finish();
        descent.finish();
        assertThat(descent.steps()).isEqualTo(2);
        assertThat(parameters.values()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void the_average_takes_the_place_of_the_parameters_and_leaves_it() {
        Parameters parameters = parameters();
        Descent descent = new Descent(Sgd.of(1).ema(0.75), parameters, 10);
        step(descent, parameters, 1);
        float[] trained = parameters.values().clone();
        descent.enterAverage();
        for (int i = 0; i < VALUES.length; i++) {
            assertThat(parameters.values()[i])
                    .isCloseTo(0.75f * VALUES[i] + 0.25f * (VALUES[i] - GRADIENT[i]), within(1e-6f));
        }
        descent.leaveAverage();
        assertThat(parameters.values()).containsExactly(trained);
    }

    @Test
    void a_state_between_two_batches_of_a_step_goes_on_with_the_same_bits() {
        Optimiser optimiser = Adam.of(0.1)
                .accumulate(3)
                .ema(Ema.of(0.9).warmup())
                .warmup(2)
                .schedule(Plateau.usual().patience(0))
                .group("head", 0.5);
        Parameters parameters = parameters();
        Descent descent = new Descent(optimiser, parameters, 10);
        descent.hear(1);
        for (int b = 0; b < 8; b++) {
            step(descent, parameters, b + 1);
        }
        descent.hear(2);
        ByteWriter out = new ByteWriter("state", 1);
        descent.state(State.to(out));
        Parameters copy = parameters();
        Descent again = new Descent(optimiser, copy, 10);
        again.state(State.from(new ByteReader("state", 1, out.finish(), IllegalArgumentException::new)));
        System.arraycopy(parameters.values(), 0, copy.values(), 0, VALUES.length);
        assertThat(again.rate()).isEqualTo(descent.rate()).isEqualTo(0.1 * 0.1);
        for (int b = 0; b < 8; b++) {
            step(descent, parameters, b + 1);
            step(again, copy, b + 1);
        }
        assertThat(copy.values()).containsExactly(parameters.values());
        descent.enterAverage();
        again.enterAverage();
        assertThat(copy.values()).containsExactly(parameters.values());
    }

    @Test
    void a_state_of_another_optimiser_is_an_error() {
        ByteWriter out = new ByteWriter("state", 1);
        new Descent(Adam.of(0.1), parameters(), 10).state(State.to(out));
        byte[] bytes = out.finish();
        assertThatThrownBy(() -> new Descent(Lion.of(0.1), parameters(), 10)
                        .state(State.from(new ByteReader("state", 1, bytes, IllegalArgumentException::new))))
                .hasMessage("it holds 'Adam steps' where 'Lion momentum' is wanted");
        Parameters fewer = new Parameters();
        fewer.addVector("encoder", new float[2]);
        assertThatThrownBy(() -> new Descent(Adam.of(0.1), fewer, 10)
                        .state(State.from(new ByteReader("state", 1, bytes, IllegalArgumentException::new))))
                .hasMessage("'Adam first moment' has 5 numbers, not 2");
    }
}
