package org.mtl4j.tensor;

/**
 * x Phi(x) and its derivative over arrays, in plain float arithmetic without a branch, which the JIT vectorises: within 1e-6 of
 * the exact values, relative to max(1, |x|).
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // coefficients as they were published, and fitted
final class GeluKernels {

    private static final float SQRT_2_OVER_PI = 0.7978845608028654f;
    private static final float CUBIC = 0.044715f;
    private static final float SQRT_HALF = 0.70710678f;
    /** Where erf is 1 in float arithmetic: 4 sqrt(2). */
    private static final float EDGE = 5.656854f;
    /** Where the slope of the approximation by tanh is within 4e-7 of 1. */
    private static final float TANH_EDGE = 5.3f;
    /** Brings erf to 1 at 4 and beyond, where it is cut off: no share of a very negative x is left over. */
    private static final float BEYOND = 1.0000003f;

    private GeluKernels() {}

    /** y = x Phi(x). */
    static void forward(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            // beyond the edge Phi is 0, and minus infinity is not to be multiplied by it
            y[i] = Math.max(x[i], -EDGE) * (0.5f + 0.5f * erf(x[i] * SQRT_HALF));
        }
    }

    /**
     * s *= Phi(x) + x phi(x), with phi the standard normal density; beyond 4 sqrt(2) as there.
     *
     * <p>Less 1/2 it is odd, and here x times a quotient of polynomials in x^2, fitted to it at 6,000 Chebyshev points with the
     * greatest error 1.2e-7. Two exact functions instead would be more operations than the JIT vectorises in one loop.
     */
    static void backward(float[] x, float[] signal, int from, int to) {
        for (int i = from; i < to; i++) {
            float v = Math.max(-EDGE, Math.min(EDGE, x[i]));
            float s = v * v;
            float p = 1.9244892257574975e-7f;
            p = p * s + 3.592553184716962e-5f;
            p = p * s + 2.012403456319589e-5f;
            p = p * s + 0.014226196333765984f;
            p = p * s - 0.030951563268899918f;
            p = p * s + 0.7978852987289429f;
            float q = 8.936861377151217e-6f;
            q = q * s + 1.9225830328650773e-4f;
            q = q * s + 0.003524060593917966f;
            q = q * s + 0.04099413752555847f;
            q = q * s + 0.29454919695854187f;
            q = q * s + 1f;
            signal[i] *= 0.5f + v * p / q;
        }
    }

    /** y = 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))). */
    static void tanhForward(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            float inner = SQRT_2_OVER_PI * (x[i] + CUBIC * x[i] * x[i] * x[i]);
            y[i] = Math.max(x[i], -EDGE) * (0.5f + 0.5f * TanhKernels.tanh(inner));
        }
    }

    /** s *= the slope of {@link #tanhForward}, fitted as that of {@link #backward}, with the greatest error 2.8e-7. */
    static void tanhBackward(float[] x, float[] signal, int from, int to) {
        for (int i = from; i < to; i++) {
            float v = Math.max(-TANH_EDGE, Math.min(TANH_EDGE, x[i]));
            float s = v * v;
            float p = 1.5858510265749208e-7f;
            p = p * s + 3.2331892724288365e-5f;
            p = p * s - 1.596646615453712e-4f;
            p = p * s + 0.013176370321991468f;
            p = p * s - 0.03928720112704108f;
            p = p * s + 0.7978864481340108f;
            float q = 7.906943961414984e-6f;
            q = q * s + 1.3910470172129812e-4f;
            q = q * s + 2.270002021815682e-3f;
            q = q * s + 0.03548406868199591f;
            q = q * s + 0.2857623501779852f;
            q = q * s + 1f;
            signal[i] *= 0.5f + v * p / q;
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
}
