package org.mtl4j.tensor;

/**
 * x Phi(x) and its derivative over arrays, in plain float arithmetic without a branch, which the JIT vectorises: within 1e-6 of
 * the exact values, relative to max(1, |x|).
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // coefficients as Eigen publishes them
final class GeluKernels {

    private static final float SQRT_HALF = 0.70710678f;
    private static final float INVERSE_SQRT_2PI = 0.39894228f;
    /** Brings erf to 1 at 4 and beyond, where it is cut off: no share of a very negative x is left over. */
    private static final float BEYOND = 1.0000003f;

    private GeluKernels() {}

    /** y = x Phi(x). */
    static void forward(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = x[i] * (0.5f + 0.5f * erf(x[i] * SQRT_HALF));
        }
    }

    /** s *= Phi(x) + x phi(x), with phi the standard normal density. */
    static void backward(float[] x, float[] signal, int from, int to) {
        for (int i = from; i < to; i++) {
            float density = INVERSE_SQRT_2PI * expOfMinus(0.5f * x[i] * x[i]);
            signal[i] *= 0.5f + 0.5f * erf(x[i] * SQRT_HALF) + x[i] * density;
        }
    }

    /** The error function: a quotient of polynomials in x^2 on [-4, 4], of Eigen and XLA. */
    private static float erf(float x) {
        float z = Math.max(-4f, Math.min(4f, x));
        float s = z * z;
        float p = -2.72614225801306e-10f;
        p = p * s + 2.77068142495902e-08f;
        p = p * s - 2.10102402082508e-06f;
        p = p * s - 5.69250639462346e-05f;
        p = p * s - 7.34990630326855e-04f;
        p = p * s - 2.95459980854025e-03f;
        p = p * s - 1.60960333262415e-02f;
        float q = -1.45660718464996e-05f;
        q = q * s - 2.13374055278905e-04f;
        q = q * s - 1.68282697438203e-03f;
        q = q * s - 7.37332916720468e-03f;
        q = q * s - 1.42647390514189e-02f;
        return Math.max(-1f, Math.min(1f, BEYOND * z * p / q));
    }

    /** e^-u, 0 &lt;= u, as the 16th power of the series of e^-u/16; beyond 25 it is e^-25. */
    private static float expOfMinus(float u) {
        float v = -0.0625f * Math.min(25f, u);
        float e = 1f / 40320;
        e = e * v + 1f / 5040;
        e = e * v + 1f / 720;
        e = e * v + 1f / 120;
        e = e * v + 1f / 24;
        e = e * v + 1f / 6;
        e = e * v + 0.5f;
        e = e * v + 1f;
        e = e * v + 1f;
        e *= e;
        e *= e;
        e *= e;
        return e * e;
    }
}
