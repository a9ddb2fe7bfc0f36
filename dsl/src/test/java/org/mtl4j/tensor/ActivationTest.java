package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActivationTest {

    private static final double STEP = 1e-2;

    static List<Activation> all() {
        return List.of(
                new Activation.Identity(),
                new Activation.Relu(),
                new Activation.LeakyRelu(0.1),
                new Activation.Elu(1.3),
                new Activation.Gelu(),
                new Activation.GeluTanh(),
                new Activation.Silu(),
                new Activation.Tanh(),
                new Activation.Sigmoid(),
                new Activation.Softplus(),
                new Activation.Softmax(),
                new Activation.LogSoftmax());
    }

    /** Away from the kinks at 0, where a central difference straddles two slopes. */
    private static float[] awayFromZero(int n, RandomGenerator random) {
        float[] x = SampledTape.normal(n, 1.5, random);
        for (int i = 0; i < n; i++) {
            x[i] += Math.copySign(0.05f, x[i]);
        }
        return x;
    }

    private static double scalar(DenseProbe probe, float[] x, float[] g, int rows) {
        float[] y = probe.forward(x, rows);
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += (double) y[i] * g[i];
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("all")
    void the_gradient_is_that_of_central_differences(Activation activation) {
        int rows = 6;
        int width = 5;
        RandomGenerator random = Draws.generator(11);
        DenseProbe probe = DenseProbe.of(activation, width);
        float[] x = awayFromZero(rows * width, random);
        float[] g = SampledTape.normal(rows * width, 1, random);
        probe.forward(x, rows);
        float[] dx = probe.backward(g);
        for (int i = 0; i < x.length; i++) {
            float at = x[i];
            x[i] = (float) (at + STEP);
            double above = scalar(probe, x, g, rows);
            x[i] = (float) (at - STEP);
            double below = scalar(probe, x, g, rows);
            x[i] = at;
            assertThat((double) dx[i]).isCloseTo((above - below) / (2 * STEP), within(5e-4));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_signal_of_chosen_rows_takes_their_slopes(Activation activation) {
        RandomGenerator random = Draws.generator(12);
        float[] x = SampledTape.normal(4 * 3, 1, random);
        float[] y = new float[12];
        activation.forward(x, y, 4, 3);
        float[] whole = SampledTape.normal(12, 1, random);
        float[] chosen = new float[2 + 6];
        System.arraycopy(whole, 3, chosen, 2, 3);
        System.arraycopy(whole, 9, chosen, 5, 3);
        float[] scratch = new float[12];
        activation.backward(x, y, null, 4, 1, 3, whole, 0, scratch);
        activation.backward(x, y, new int[] {1, 3}, 2, 1, 3, chosen, 2, scratch);
        assertThat(new float[] {chosen[2], chosen[3], chosen[4]}).containsExactly(whole[3], whole[4], whole[5]);
        assertThat(new float[] {chosen[5], chosen[6], chosen[7]}).containsExactly(whole[9], whole[10], whole[11]);
    }

    @ParameterizedTest
    @MethodSource("all")
    void values_and_slopes_stay_finite_far_out(Activation activation) {
        float[] x = {-1e4f, -100, -20, 0, 20, 100, 1e4f, Float.MIN_VALUE};
        DenseProbe probe = DenseProbe.of(activation, 1);
        for (float value : probe.forward(x, x.length)) {
            assertThat(Float.isFinite(value)).isTrue();
        }
        float[] ones = {1, 1, 1, 1, 1, 1, 1, 1};
        for (float slope : probe.backward(ones)) {
            assertThat(Float.isFinite(slope)).isTrue();
        }
    }

    @Test
    void slopes_at_kinks_are_pytorchs() {
        assertThat(slopeAtZero(new Activation.Relu())).isZero();
        assertThat(slopeAtZero(new Activation.LeakyRelu(0.1))).isEqualTo(0.1f);
        assertThat(slopeAtZero(new Activation.Elu(1))).isEqualTo(1f);
    }

    private static float slopeAtZero(Activation activation) {
        DenseProbe probe = DenseProbe.of(activation, 1);
        probe.forward(new float[] {0}, 1);
        return probe.backward(new float[] {1})[0];
    }

    @Test
    void nan_is_not_hidden() {
        for (Activation activation : all()) {
            float[] y = new float[1];
            activation.forward(new float[] {Float.NaN}, y, 1, 1);
            assertThat(y[0]).as(activation.toString()).isNaN();
        }
    }

    @Test
    void softmax_of_huge_numbers_does_not_overflow_and_sums_to_1() {
        float[] y = new float[3];
        new Activation.Softmax().forward(new float[] {1e4f, 1e4f, -1e4f}, y, 1, 3);
        assertThat(y).containsExactly(0.5f, 0.5f, 0f);
    }

    @Test
    void each_prints_as_the_call_that_makes_it() {
        assertThat(all().stream().map(Activation::toString))
                .containsExactly(
                        "identity()",
                        "relu()",
                        "leakyRelu(0.1)",
                        "elu(1.3)",
                        "gelu()",
                        "geluTanh()",
                        "silu()",
                        "tanh()",
                        "sigmoid()",
                        "softplus()",
                        "softmax()",
                        "logSoftmax()");
    }
}
