package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The loops of tanh, sigmoid, SiLU, ELU, softplus and GELU by tanh against the functions in double precision. */
class TanhKernelsTest {

    private static final double SCALE = Math.sqrt(2 / Math.PI);
    private static final double CUBIC = 0.044715;
    private static final double ALPHA = 1.3;

    /** An activation, its exact value and slope, and the greatest error, where there is a factor relative to max(1, |x|). */
    private record Exact(
            Activation ours, DoubleUnaryOperator value, DoubleUnaryOperator slope, double error, double slopeError) {}

    @SuppressWarnings("unused") // by name
    static final List<Named<Exact>> EXACT = List.of(
            named(new Exact(new Activation.Tanh(), StrictMath::tanh, x -> square(1 / StrictMath.cosh(x)), 2e-7, 8e-7)),
            named(new Exact(new Activation.Sigmoid(), TanhKernelsTest::s, x -> s(x) * s(-x), 2e-7, 2e-7)),
            named(new Exact(new Activation.Silu(), x -> x * s(x), x -> s(x) + x * s(x) * s(-x), 4e-7, 4e-7)),
            named(new Exact(
                    new Activation.Elu(ALPHA),
                    x -> x > 0 ? x : ALPHA * StrictMath.expm1(x),
                    x -> x > 0 ? 1 : ALPHA * StrictMath.exp(x),
                    4e-7,
                    5e-7)),
            named(new Exact(
                    new Activation.Softplus(),
                    x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x))),
                    TanhKernelsTest::s,
                    2e-7,
                    2e-7)),
            named(new Exact(new Activation.GeluTanh(), TanhKernelsTest::gelu, TanhKernelsTest::geluSlope, 4e-7, 5e-7)),
            named(new Exact(
                    new Activation.LeakyRelu(0.3), x -> x > 0 ? x : 0.3 * x, x -> x > 0 ? 1 : 0.3, 6e-8, 3e-8)));

    private static Named<Exact> named(Exact exact) {
        return Named.of(exact.ours.toString(), exact);
    }

    private static double square(double x) {
        return x * x;
    }

    private static double s(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    private static double gelu(double x) {
        return 0.5 * x * (1 + StrictMath.tanh(SCALE * (x + CUBIC * x * x * x)));
    }

    private static double geluSlope(double x) {
        double inner = SCALE * (x + CUBIC * x * x * x);
        double slope = SCALE * (1 + 3 * CUBIC * x * x);
        return 0.5 * (1 + StrictMath.tanh(inner)) + 0.5 * x * slope * square(1 / StrictMath.cosh(inner));
    }

    /** [-50, 50] in steps of 5e-4. */
    private static float[] grid() {
        float[] x = new float[200_001];
        for (int i = 0; i < x.length; i++) {
            x[i] = -50 + i * 5e-4f;
        }
        return x;
    }

    private static float[] forward(Activation f, float... x) {
        float[] y = new float[x.length];
        f.forward(x, y, 1, x.length);
        return y;
    }

    private static float[] slopes(Activation f, float... x) {
        float[] ones = new float[x.length];
        Arrays.fill(ones, 1f);
        f.backward(x, forward(f, x), null, 1, 1, x.length, ones, 0, new float[x.length]);
        return ones;
    }

    @ParameterizedTest
    @FieldSource("EXACT")
    void values_are_those_of_double_precision(Exact exact) {
        float[] x = grid();
        float[] y = forward(exact.ours, x);
        for (int i = 0; i < x.length; i++) {
            double error = exact.error * Math.max(1, Math.abs(x[i]));
            assertThat((double) y[i]).as("at %s", x[i]).isCloseTo(exact.value.applyAsDouble(x[i]), within(error));
        }
    }

    @ParameterizedTest
    @FieldSource("EXACT")
    void slopes_are_those_of_double_precision(Exact exact) {
        float[] x = grid();
        float[] slope = slopes(exact.ours, x);
        for (int i = 0; i < x.length; i++) {
            double expected = exact.slope.applyAsDouble(x[i]);
            assertThat((double) slope[i]).as("at %s", x[i]).isCloseTo(expected, within(exact.slopeError));
        }
    }

    @ParameterizedTest
    @FieldSource("EXACT")
    void nan_stays_nan_in_values_and_slopes(Exact exact) {
        assertThat(forward(exact.ours, Float.NaN)[0]).isNaN();
        assertThat(slopes(exact.ours, Float.NaN)[0]).isNaN();
    }

    @ParameterizedTest
    @FieldSource("EXACT")
    void part_of_an_array_in_place_has_the_bits_of_the_whole(Exact exact) {
        float[] x = Arrays.copyOfRange(grid(), 95_000, 105_000);
        float[] y = forward(exact.ours, x);
        for (int from = 0; from < 40; from++) {
            float[] part = x.clone();
            ActivationKernels.elementwise(exact.ours, part, part, from, from + 1001 + from);
            assertThat(Arrays.copyOfRange(part, from, 1001 + 2 * from))
                    .containsExactly(Arrays.copyOfRange(y, from, 1001 + 2 * from));
            assertThat(part[1001 + 2 * from]).isEqualTo(x[1001 + 2 * from]);
        }
    }

    @Test
    void saturating_functions_stay_within_their_limits_and_reach_them() {
        float[] x = grid();
        for (float y : forward(new Activation.Tanh(), x)) {
            assertThat(y).isBetween(-1f, 1f);
        }
        for (float y : forward(new Activation.Sigmoid(), x)) {
            assertThat(y).isBetween(0f, 1f);
        }
        float[] far = {Float.NEGATIVE_INFINITY, -1e30f, -18, 18, 1e30f, Float.POSITIVE_INFINITY};
        assertThat(forward(new Activation.Tanh(), far)).containsExactly(-1, -1, -1, 1, 1, 1);
        assertThat(forward(new Activation.Sigmoid(), far)).containsExactly(0, 0, 0, 1, 1, 1);
        assertThat(slopes(new Activation.Tanh(), far)).containsOnly(0);
        assertThat(slopes(new Activation.Sigmoid(), far)).containsOnly(0);
    }

    @Test
    void nothing_is_left_of_very_negative_numbers_and_nothing_lost_of_large_ones() {
        float infinity = Float.POSITIVE_INFINITY;
        float[] far = {-infinity, -1e30f, -18, 18, 1e30f, infinity};
        for (Activation f : List.of(
                new Activation.Gelu(), new Activation.GeluTanh(), new Activation.Silu(), new Activation.Softplus())) {
            float[] y = forward(f, far);
            for (int i = 0; i < 3; i++) {
                assertThat(Math.abs(y[i])).as("%s of %s", f, far[i]).isZero();
            }
            assertThat(Arrays.copyOfRange(y, 3, 6)).as("%s", f).containsExactly(18, 1e30f, infinity);
            for (int i = 0; i < 6; i++) {
                assertThat((double) slopes(f, far)[i]).as("%s at %s", f, far[i]).isCloseTo(i < 3 ? 0 : 1, within(4e-7));
            }
        }
        assertThat(forward(new Activation.Elu(2), far)).containsExactly(-2, -2, -2, 18, 1e30f, infinity);
        assertThat(slopes(new Activation.Elu(2), far)).containsExactly(0, 0, 0, 1, 1, 1);
    }

    @Test
    void numbers_near_0_keep_their_share() {
        float tiny = Float.MIN_VALUE;
        float[] near = {-1e-3f, -1e-10f, -1e-30f, 1e-30f, 1e-10f, 1e-3f};
        float[] tanh = forward(new Activation.Tanh(), near);
        float[] elu = forward(new Activation.Elu(1), near);
        for (int i = 0; i < near.length; i++) {
            double expected = StrictMath.tanh(near[i]);
            assertThat((double) tanh[i]).isCloseTo(expected, within(2e-7 * Math.abs(near[i])));
            double grown = near[i] > 0 ? near[i] : StrictMath.expm1(near[i]);
            assertThat((double) elu[i]).isCloseTo(grown, within(3e-7 * Math.abs(near[i])));
        }
        assertThat(forward(new Activation.Tanh(), -tiny, -0f, 0f, tiny)).containsExactly(-tiny, -0f, 0f, tiny);
    }
}
