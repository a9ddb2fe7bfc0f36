package org.mtl4j.tensor;

/**
 * Engine API. Elementary functions of floats in plain arithmetic: the same bits on every JDK.
 *
 * <p>{@code Math.exp}, {@code Math.tanh} and others are intrinsics that differ between JDKs in the last bit. Errors
 * here are below 2 units in the last place (exp, log) or 1e-7 (tanh, sigmoid), checked by {@code FloatMathTest}.
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
        // x = n ln 2 + r with |r| <= ln 2 / 2; adding 1.5 2^23 rounds to the nearest whole number
        float shifted = x * LOG2_E + ROUND;
        float n = shifted - ROUND;
        float r = x - n * LN2_HIGH - n * LN2_LOW;
        float p = 1.9875691500e-4f;
        p = p * r + 1.3981999507e-3f;
        p = p * r + 8.3334519073e-3f;
        p = p * r + 4.1665795894e-2f;
        p = p * r + 1.6666665459e-1f;
        p = p * r + 5.0000001201e-1f;
        return (p * r * r + r + 1f) * Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << 23) + (127 << 23));
    }

    /**
     * Writes e^x of numbers that are at most 0, as a softmax needs them; below -87 it is e^-87, about 2e-38.
     *
     * <p>The same polynomial as {@link #exp}, in two loops that the JIT vectorises.
     *
     * @param x [n], at most 0
     * @param y [n], overwritten
     * @param scratch [n], overwritten
     */
    public static void expOfNonPositive(float[] x, float[] y, float[] scratch, int n) {
        for (int i = 0; i < n; i++) {
            float v = Math.max(-87f, x[i]);
            float shifted = v * LOG2_E + ROUND;
            float k = shifted - ROUND;
            float r = v - k * LN2_HIGH - k * LN2_LOW;
            float p = 1.9875691500e-4f;
            p = p * r + 1.3981999507e-3f;
            p = p * r + 8.3334519073e-3f;
            p = p * r + 4.1665795894e-2f;
            p = p * r + 1.6666665459e-1f;
            p = p * r + 5.0000001201e-1f;
            y[i] = p * r * r + r + 1f;
            scratch[i] = shifted;
        }
        for (int i = 0; i < n; i++) {
            y[i] *= Float.intBitsToFloat((Float.floatToRawIntBits(scratch[i]) << 23) + (127 << 23));
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
            float k = shifted - ROUND;
            float r = v - k * LN2_HIGH - k * LN2_LOW;
            float p = 1.9875691500e-4f;
            p = p * r + 1.3981999507e-3f;
            p = p * r + 8.3334519073e-3f;
            p = p * r + 4.1665795894e-2f;
            p = p * r + 1.6666665459e-1f;
            p = p * r + 5.0000001201e-1f;
            y[i] = p * r * r + r + 1f;
            scratch[i] = shifted;
        }
        for (int i = 0; i < n; i++) {
            float e = y[i] * Float.intBitsToFloat((Float.floatToRawIntBits(scratch[i]) << 23) + (127 << 23));
            y[i] = 1f / (1f + e);
        }
    }

    /** tanh x: a polynomial below 0.625 (Cephes {@code tanhf}), else 1 - 2 / (e^2x + 1). */
    public static float tanh(float x) {
        float a = Math.abs(x);
        if (a < 0.625f) {
            float s = x * x;
            float p = -5.70498872745e-3f;
            p = p * s + 2.06390887954e-2f;
            p = p * s - 5.37397155531e-2f;
            p = p * s + 1.33314422036e-1f;
            p = p * s - 3.33332819422e-1f;
            return p * s * x + x;
        }
        float t = a > 9f ? 1f : 1f - 2f / (exp(2f * a) + 1f);
        return x >= 0 ? t : -t;
    }
}
