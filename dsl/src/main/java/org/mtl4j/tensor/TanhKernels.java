package org.mtl4j.tensor;

/**
 * tanh and what is made of it, over arrays, in plain float arithmetic without a branch, which the JIT vectorises. Values are
 * within 4e-7 of the exact ones, relative to max(1, |x|), and slopes within 8e-7; values at the ends are exactly those at
 * infinity. tanh keeps denormals, ELU all but the least.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // coefficients as they were fitted
final class TanhKernels {

    /** Where tanh is 1 in float arithmetic. */
    private static final float EDGE = 9f;

    private TanhKernels() {}

    /** y = tanh x. */
    static void tanh(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = tanh(x[i]);
        }
    }

    /** s *= 1 - y^2, with y = tanh x. */
    static void tanhSlope(float[] y, float[] signal, int from, int to) {
        for (int i = from; i < to; i++) {
            signal[i] *= 1f - y[i] * y[i];
        }
    }

    /** y = 1 / (1 + e^-x) = (1 + tanh(x / 2)) / 2. */
    static void sigmoid(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = 0.5f + 0.5f * tanh(0.5f * x[i]);
        }
    }

    /** s *= y (1 - y), with y = sigmoid(x). */
    static void sigmoidSlope(float[] y, float[] signal, int from, int to) {
        for (int i = from; i < to; i++) {
            signal[i] *= y[i] * (1f - y[i]);
        }
    }

    /** s *= sigmoid(x), the slope of log(1 + e^x). */
    static void softplusSlope(float[] x, float[] signal, int from, int to) {
        for (int i = from; i < to; i++) {
            signal[i] *= 0.5f + 0.5f * tanh(0.5f * x[i]);
        }
    }

    /** y = x sigmoid(x). */
    static void silu(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            // nothing is left of numbers below -2 EDGE: cut off there, so that minus infinity is not multiplied by 0
            y[i] = Math.max(x[i], -2f * EDGE) * (0.5f + 0.5f * tanh(0.5f * x[i]));
        }
    }

    /**
     * s *= sigmoid(x) + x sigmoid(x) (1 - sigmoid(x)); beyond 18 as there.
     *
     * <p>Less 1/2 it is odd, and here x times a quotient of polynomials in x^2, fitted as that of {@link #inside} with the
     * greatest error 1.7e-8: made of tanh it would lose 1e-6 where x is large.
     */
    static void siluSlope(float[] x, float[] signal, int from, int to) {
        for (int i = from; i < to; i++) {
            float v = Math.max(-2f * EDGE, Math.min(2f * EDGE, x[i]));
            float s = v * v;
            float p = 7.650008381443692e-11f;
            p = p * s + 9.170690234899436e-08f;
            p = p * s + 1.9652824285247935e-05f;
            p = p * s + 0.0014461731752839603f;
            p = p * s + 0.033372461053614216f;
            p = p * s + 0.49999993166761125f;
            float q = 1.4820516988664991e-12f;
            q = q * s + 6.943674044135105e-09f;
            q = q * s + 3.1774830562078327e-06f;
            q = q * s + 0.0003760145494866868f;
            q = q * s + 0.016794512618226298f;
            q = q * s + 0.2334112097399107f;
            q = q * s + 1f;
            signal[i] *= 0.5f + v * (p / q);
        }
    }

    /** y = x for x &gt; 0, else alpha (e^x - 1) = 2 alpha t / (1 - t) with t = tanh(x / 2). */
    static void elu(float alpha, float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            float v = Math.max(-EDGE, 0.5f * Math.min(x[i], 0f));
            float t = inside(v);
            y[i] = Math.max(x[i], 0f) + alpha * (2f * t / (1f - t));
        }
    }

    /** s *= 1 for y &gt; 0, else y + alpha. */
    static void eluSlope(float alpha, float[] y, float[] signal, int from, int to) {
        for (int i = from; i < to; i++) {
            float positive = Math.max(0f, Math.min(y[i] * Float.MAX_VALUE, 1f));
            signal[i] *= positive + (1f - positive) * (Math.min(y[i], 0f) + alpha);
        }
    }

    /** tanh x of any number. */
    static float tanh(float x) {
        return Math.max(-1f, Math.min(1f, inside(Math.max(-EDGE, Math.min(EDGE, x)))));
    }

    /**
     * tanh x on [-9, 9], 1 and a rounding error at most: x times a quotient of polynomials in x^2, fitted at 6,000 Chebyshev
     * points with the greatest relative error 2.1e-8; all coefficients are positive, so that little is rounded.
     */
    private static float inside(float x) {
        float s = x * x;
        float p = 1.3354949033903994e-8f;
        p = p * s + 2.06093128938298e-5f;
        p = p * s + 3.495603194950261e-3f;
        p = p * s + 0.13381038702940176f;
        p = p * s + 1f;
        float q = 7.776682712307872e-7f;
        q = q * s + 3.285658704955246e-4f;
        q = q * s + 0.02587704066889209f;
        q = q * s + 0.46714354322650387f;
        q = q * s + 1f;
        return x * (p / q);
    }
}
