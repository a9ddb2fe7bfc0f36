package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class FloatMathTest {

    private static final int POINTS = 1_000_000;

    private interface FloatFunction {
        float of(float x);
    }

    /** Fails if anywhere on the grid the error is more than so many units in the last place of the result. */
    private static void assertUlps(FloatFunction ours, DoubleUnaryOperator exact, double from, double to, double ulps) {
        double worst = 0;
        float at = 0;
        for (int i = 0; i <= POINTS; i++) {
            float x = (float) (from + (to - from) * i / POINTS);
            double expected = exact.applyAsDouble(x);
            double error = Math.abs(ours.of(x) - expected) / Math.ulp((float) expected);
            if (!(error <= worst)) {
                worst = error;
                at = x;
            }
        }
        assertThat(worst).as("units in the last place at %s", at).isLessThan(ulps);
    }

    /** The same for absolute errors. */
    private static void assertError(
            FloatFunction ours, DoubleUnaryOperator exact, double from, double to, double error) {
        for (int i = 0; i <= POINTS; i++) {
            float x = (float) (from + (to - from) * i / POINTS);
            if (!(Math.abs(ours.of(x) - exact.applyAsDouble(x)) <= error)) {
                assertThat((double) ours.of(x)).as("at %s", x).isCloseTo(exact.applyAsDouble(x), within(error));
            }
        }
    }

    @Test
    void exp_is_within_two_units_in_the_last_place() {
        assertUlps(FloatMath::exp, StrictMath::exp, -87.3, 88.7, 2);
        assertUlps(FloatMath::exp, StrictMath::exp, -1, 1, 2);
    }

    @Test
    void exp_of_extremes_is_strict_maths() {
        for (float x : new float[] {-200, -103.9f, -90, -87.4f, 88.8f, 200, 0, -0f, Float.MIN_VALUE}) {
            assertThat(FloatMath.exp(x)).isEqualTo((float) StrictMath.exp(x));
        }
        assertThat(FloatMath.exp(Float.NaN)).isNaN();
        assertThat(FloatMath.exp(Float.NEGATIVE_INFINITY)).isZero();
        assertThat(FloatMath.exp(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    }

    @Test
    void exp_of_an_array_has_the_bits_of_exp_above_minus_87() {
        float[] x = new float[10_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = -87f * i / x.length;
        }
        float[] y = new float[x.length];
        FloatMath.expOfNonPositive(x, y, new float[x.length], x.length);
        for (int i = 0; i < x.length; i++) {
            assertThat(y[i]).isEqualTo(FloatMath.exp(x[i]));
        }
    }

    @Test
    void exp_of_an_array_stays_at_e_to_the_minus_87_below_and_lets_nan_through() {
        float[] y = new float[3];
        FloatMath.expOfNonPositive(new float[] {-1e30f, Float.NEGATIVE_INFINITY, Float.NaN}, y, new float[3], 3);
        assertThat(y[0]).isEqualTo(FloatMath.exp(-87f)).isEqualTo(y[1]);
        assertThat(y[2]).isNaN();
    }

    @Test
    void log_is_within_two_units_in_the_last_place() {
        assertUlps(FloatMath::log, StrictMath::log, 1e-3, 1.999, 2);
        assertUlps(FloatMath::log, StrictMath::log, 2, 1e6, 2);
        assertUlps(
                x -> FloatMath.log((float) StrictMath.pow(2, x)),
                x -> StrictMath.log((float) StrictMath.pow(2, x)),
                -125,
                127,
                2);
    }

    @Test
    void log_of_extremes_is_strict_maths() {
        assertThat(FloatMath.log(0f)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(FloatMath.log(-1f)).isNaN();
        assertThat(FloatMath.log(Float.NaN)).isNaN();
        assertThat(FloatMath.log(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(FloatMath.log(Float.MIN_VALUE)).isEqualTo((float) StrictMath.log(Float.MIN_VALUE));
        assertThat(FloatMath.log(1f)).isZero();
    }

    @Test
    void sigmoid_and_softplus_are_within_2e_7_of_their_definitions() {
        assertError(FloatMath::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)), -100, 100, 2e-7);
        assertUlps(
                FloatMath::softplus, x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x))), -80, 80, 4);
    }

    @Test
    void saturating_functions_reach_their_limits_and_let_nan_through() {
        assertThat(FloatMath.sigmoid(Float.NEGATIVE_INFINITY)).isZero();
        assertThat(FloatMath.sigmoid(Float.POSITIVE_INFINITY)).isEqualTo(1f);
        assertThat(FloatMath.softplus(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(FloatMath.softplus(Float.NEGATIVE_INFINITY)).isZero();
        assertThat(FloatMath.softplus(1e30f)).isEqualTo(1e30f);
        assertThat(FloatMath.sigmoid(Float.NaN)).isNaN();
        assertThat(FloatMath.softplus(Float.NaN)).isNaN();
    }

    @Test
    void sigmoids_of_many_are_within_1e_7() {
        int n = 200_001;
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (i - n / 2) / 1000f;
        }
        float[] y = new float[n];
        FloatMath.sigmoids(x, y, new float[n], n);
        for (int i = 0; i < n; i++) {
            assertThat((double) y[i]).as("at %s", x[i]).isCloseTo(1 / (1 + StrictMath.exp(-x[i])), within(1e-7));
        }
    }
}
