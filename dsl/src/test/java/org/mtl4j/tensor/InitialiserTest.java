package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InitialiserTest {

    private static final int FAN_IN = 300;
    private static final int FAN_OUT = 500;

    static Stream<Arguments> variances() {
        return Stream.of(
                Arguments.of(new Initialiser.UniformFanIn(), 1.0 / (3 * FAN_IN), "uniformFanIn()"),
                Arguments.of(new Initialiser.HeNormal(), 2.0 / FAN_IN, "heNormal()"),
                Arguments.of(new Initialiser.HeUniform(), 2.0 / FAN_IN, "heUniform()"),
                Arguments.of(new Initialiser.GlorotNormal(), 2.0 / (FAN_IN + FAN_OUT), "glorotNormal()"),
                Arguments.of(new Initialiser.GlorotUniform(), 2.0 / (FAN_IN + FAN_OUT), "glorotUniform()"),
                Arguments.of(new Initialiser.Normal(0.02), 0.02 * 0.02, "normal(0.02)"),
                Arguments.of(new Initialiser.Zeros(), 0.0, "zeros()"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("variances")
    void weights_have_the_promised_mean_and_variance(Initialiser initialiser, double variance, String printed) {
        int n = FAN_IN * FAN_OUT;
        float[] weights = new float[n + 2];
        initialiser.fill(weights, 1, FAN_IN, FAN_OUT, Draws.generator(5));
        double sum = 0;
        double squares = 0;
        for (int i = 1; i <= n; i++) {
            sum += weights[i];
            squares += (double) weights[i] * weights[i];
        }
        assertThat(sum / n).isCloseTo(0, within(4 * Math.sqrt(variance / n)));
        assertThat(squares / n).isCloseTo(variance, within(0.02 * variance));
        assertThat(weights[0]).isZero();
        assertThat(weights[n + 1]).isZero();
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("variances")
    void it_prints_as_the_call_that_makes_it(Initialiser initialiser, double variance, String printed) {
        assertThat(initialiser).hasToString(printed);
    }

    @Test
    void uniform_draws_stay_within_one_over_the_root_of_fan_in_and_so_do_the_biases() {
        float[] values = new float[1000];
        Initialiser uniform = new Initialiser.UniformFanIn();
        uniform.fillBias(values, 0, 16, 1000, Draws.generator(1));
        for (float value : values) {
            assertThat(Math.abs(value)).isLessThanOrEqualTo(0.25f);
        }
        assertThat(values).doesNotHaveDuplicates();
    }

    @Test
    void all_others_begin_with_zero_biases() {
        float[] bias = {1, 1};
        new Initialiser.HeNormal().fillBias(bias, 0, 16, 2, Draws.generator(1));
        assertThat(bias).containsOnly(0f);
    }
}
