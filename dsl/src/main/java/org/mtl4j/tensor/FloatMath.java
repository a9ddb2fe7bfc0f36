package org.mtl4j.tensor;

/**
 * Engine API. Elementary functions of floats in plain arithmetic: the same bits on every JDK.
 *
 * <p>{@code Math.exp}, {@code Math.log} and others are intrinsics that differ between JDKs in the last bit. Errors
 * here are below 2 units in the last place (exp, log) or 1e-7 (sigmoid), checked by {@code FloatMathTest}.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // coefficients as Cephes publishes them
public final class FloatMath {

    private static final float LOG2_E = 1.4426950408889634f;
    private static final float ROUND = 12582912f;
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    private static final float SQRT_HALF = 0.70710678f;

    private FloatMath() {}

    /** e^x. Polynomial of the Cephes library (Moshier), {@code expf}; StrictMath's near overflow and underflow. */
    public static float exp(float x) {
        if (!(Math.abs(x) < 87.3f)) { // the result is not a normal number, or x is NaN
            return (float) StrictMath.exp(x);
        }
        float shifted = x * LOG2_E + ROUND; // to the nearest whole number, by adding 1.5 2^23
        return fraction(x, shifted) * power(shifted);
    }

    /** e^(x - n ln 2) with n ln 2 nearest to x: the polynomial. @param shifted n + 1.5 2^23. */
    private static float fraction(float x, float shifted) {
        float n = shifted - ROUND;
        float r = x - n * LN2_HIGH - n * LN2_LOW;
        float p = 1.9875691500e-4f;
        p = p * r + 1.3981999507e-3f;
        p = p * r + 8.3334519073e-3f;
        p = p * r + 4.1665795894e-2f;
        p = p * r + 1.6666665459e-1f;
        p = p * r + 5.0000001201e-1f;
        return p * r * r + r + 1f;
    }

    /** 2^n, by putting n where a float has its exponent. @param shifted n + 1.5 2^23. */
    private static float power(float shifted) {
        return Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << 23) + (127 << 23));
    }

    /** The same of many, a loop of its own: others vectorise without it only. @param shifted [n], overwritten by 2^n. */
    private static void powers(float[] shifted, int n) {
        for (int i = 0; i < n; i++) {
            shifted[i] = power(shifted[i]);
        }
    }

    /**
     * Writes e^x of numbers that are at most 0, as a softmax needs them; below -87 it is e^-87, about 2e-38.
     *
     * <p>The same polynomial as {@link #exp}, in loops of which the JIT vectorises all but that of the powers of 2.
     *
     * @param x [n], at most 0
     * @param y [n], overwritten
     * @param scratch [n], overwritten
     */
    public static void expOfNonPositive(float[] x, float[] y, float[] scratch, int n) {
        for (int i = 0; i < n; i++) {
            float v = Math.max(-87f, x[i]);
            float shifted = v * LOG2_E + ROUND;
            y[i] = fraction(v, shifted);
            scratch[i] = shifted;
        }
        powers(scratch, n);
        for (int i = 0; i < n; i++) {
            y[i] *= scratch[i];
        }
    }

    /** Natural logarithm of a positive number; as StrictMath's elsewhere. Cephes {@code logf}. */
    public static float log(float x) {
        if (!(x >= Float.MIN_NORMAL) || x == Float.POSITIVE_INFINITY) {
            return (float) StrictMath.log(x);
        }
        // x = 2^e f with sqrt(1/2) <= f < sqrt(2); z = f - 1
        int bits = Float.floatToRawIntBits(x);
        int e = (bits >>> 23) - 126;
        float f = Float.intBitsToFloat((bits & 0x007fffff) | 0x3f000000);
        float z;
        if (f < SQRT_HALF) {
            e--;
            z = f + f - 1f;
        } else {
            z = f - 1f;
        }
        float z2 = z * z;
        float p = 7.0376836292e-2f;
        p = p * z - 1.1514610310e-1f;
        p = p * z + 1.1676998740e-1f;
        p = p * z - 1.2420140846e-1f;
        p = p * z + 1.4249322787e-1f;
        p = p * z - 1.6668057665e-1f;
        p = p * z + 2.0000714765e-1f;
        p = p * z - 2.4999993993e-1f;
        p = p * z + 3.3333331174e-1f;
        float y = p * z * z2 + e * LN2_LOW - 0.5f * z2;
        return z + y + e * LN2_HIGH;
    }

    /** log(1 + e^x), exact to rounding for every x: max(x, 0) + log1p(e^-|x|). */
    public static float softplus(float x) {
        float u = exp(-Math.abs(x));
        return Math.max(x, 0f) + log1p(u);
    }

    /** log(1 + u) for 0 &lt;= u &lt;= 1. With w = 1 + u rounded, log(w) u / (w - 1) undoes the rounding (Kahan). */
    private static float log1p(float u) {
        float w = 1f + u;
        return w == 1f ? u : log(w) * u / (w - 1f);
    }

    /** 1 / (1 + e^-x). */
    public static float sigmoid(float x) {
        float u = exp(-Math.abs(x));
        return (x >= 0 ? 1f : u) / (1f + u);
    }

    /**
     * Writes 1 / (1 + e^-x), in loops that the JIT vectorises; x is held to [-87, 87]. Error below 1e-7.
     *
     * @param x [n]
     * @param y [n], overwritten; may be x
     * @param scratch [n], overwritten
     */
    static void sigmoids(float[] x, float[] y, float[] scratch, int n) {
        for (int i = 0; i < n; i++) {
            float v = Math.max(-87f, Math.min(87f, -x[i]));
            float shifted = v * LOG2_E + ROUND;
            y[i] = fraction(v, shifted);
            scratch[i] = shifted;
        }
        powers(scratch, n);
        for (int i = 0; i < n; i++) {
            y[i] = 1f / (1f + y[i] * scratch[i]);
        }
    }
}
