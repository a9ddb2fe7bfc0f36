package org.mtl4j.tensor;

/** The loops behind {@link Activation}. */
final class ActivationKernels {

    private static final double GELU_SCALE = 0.7978845608028654; // sqrt(2 / pi)
    private static final double GELU_CUBIC = 0.044715;

    private ActivationKernels() {}

    static void forward(Activation f, float[] x, float[] y, int rows, int width) {
        int n = rows * width;
        if (f instanceof Activation.Relu) {
            relu(x, y, n);
        } else if (f instanceof Activation.Gelu) {
            GeluKernels.forward(x, y, 0, n);
        } else if (f instanceof Activation.Softmax) {
            for (int r = 0; r < rows; r++) {
                softmaxRow(x, y, r * width, width);
            }
        } else if (f instanceof Activation.LogSoftmax) {
            for (int r = 0; r < rows; r++) {
                logSoftmaxRow(x, y, r * width, width);
            }
        } else if (f instanceof Activation.Identity) {
            if (x != y) {
                System.arraycopy(x, 0, y, 0, n);
            }
        } else {
            for (int i = 0; i < n; i++) {
                y[i] = value(f, x[i]);
            }
        }
    }

    /** Takes an elementwise f in place. @param y [n] from {@code at} on, modified. */
    static void forward(Activation f, float[] y, int at, int n) {
        if (f instanceof Activation.Relu) {
            for (int i = at; i < at + n; i++) {
                y[i] = Math.max(y[i], 0f);
            }
        } else if (f instanceof Activation.Gelu) {
            GeluKernels.forward(y, y, at, at + n);
        } else if (!(f instanceof Activation.Identity)) {
            for (int i = at; i < at + n; i++) {
                y[i] = value(f, y[i]);
            }
        }
    }

    /** @param at x where the derivative needs it, else y; in the same places as the signal */
    static void backward(Activation f, float[] at, float[] signal, int offset, int rows, int width) {
        int end = offset + rows * width;
        if (f instanceof Activation.Relu) {
            reluBackward(at, signal, offset, end);
        } else if (f instanceof Activation.Gelu) {
            GeluKernels.backward(at, signal, offset, end);
        } else if (f instanceof Activation.Softmax) {
            for (int row = offset; row < end; row += width) {
                softmaxRowBackward(at, row, width, signal);
            }
        } else if (f instanceof Activation.LogSoftmax) {
            for (int row = offset; row < end; row += width) {
                logSoftmaxRowBackward(at, row, width, signal);
            }
        } else if (!(f instanceof Activation.Identity)) {
            for (int i = offset; i < end; i++) {
                signal[i] *= slope(f, at[i]);
            }
        }
    }

    /** y = max(x, 0), the loop that the JIT vectorises. */
    static void relu(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.max(x[i], 0f);
        }
    }

    /** s *= (y &gt; 0). */
    private static void reluBackward(float[] y, float[] signal, int from, int to) {
        for (int i = from; i < to; i++) {
            // y >= 0, so y * MAX is at least 1 for every normal y: a mask without a branch, which vectorises
            signal[i] *= Math.min(y[i] * Float.MAX_VALUE, 1f);
        }
    }

    private static float value(Activation f, float x) {
        if (f instanceof Activation.LeakyRelu leaky) {
            return x > 0 ? x : (float) leaky.slope() * x;
        } else if (f instanceof Activation.Elu elu) {
            return x > 0 ? x : (float) (elu.alpha() * StrictMath.expm1(x));
        } else if (f instanceof Activation.GeluTanh) {
            return 0.5f * x * (1f + FloatMath.tanh((float) (GELU_SCALE * (x + GELU_CUBIC * x * x * x))));
        } else if (f instanceof Activation.Silu) {
            return x * FloatMath.sigmoid(x);
        } else if (f instanceof Activation.Tanh) {
            return FloatMath.tanh(x);
        } else if (f instanceof Activation.Sigmoid) {
            return FloatMath.sigmoid(x);
        } else if (f instanceof Activation.Softplus) {
            return FloatMath.softplus(x);
        }
        throw new IllegalStateException(f + " is not elementwise.");
    }

    /** The derivative, from x where {@link Activation#needsInput}, else from y. */
    private static float slope(Activation f, float at) {
        if (f instanceof Activation.LeakyRelu leaky) {
            return at > 0 ? 1f : (float) leaky.slope();
        } else if (f instanceof Activation.Elu elu) {
            return at > 0 ? 1f : at + (float) elu.alpha();
        } else if (f instanceof Activation.GeluTanh) {
            return geluTanhSlope(at);
        } else if (f instanceof Activation.Silu) {
            float s = FloatMath.sigmoid(at);
            return s * (1f + at * (1f - s));
        } else if (f instanceof Activation.Tanh) {
            return 1f - at * at;
        } else if (f instanceof Activation.Sigmoid) {
            return at * (1f - at);
        } else if (f instanceof Activation.Softplus) {
            return FloatMath.sigmoid(at);
        }
        throw new IllegalStateException(f + " is not elementwise.");
    }

    private static float geluTanhSlope(float x) {
        double t = FloatMath.tanh((float) (GELU_SCALE * (x + GELU_CUBIC * x * x * x)));
        double inner = GELU_SCALE * (1 + 3 * GELU_CUBIC * x * x);
        return (float) (0.5 * (1 + t) + 0.5 * x * (1 - t * t) * inner);
    }

    private static void softmaxRow(float[] x, float[] y, int at, int width) {
        float max = max(x, at, width); // shifted by the max: no overflow
        float sum = 0f;
        for (int c = 0; c < width; c++) {
            float e = FloatMath.exp(x[at + c] - max);
            y[at + c] = e;
            sum += e;
        }
        float scale = 1f / sum;
        for (int c = 0; c < width; c++) {
            y[at + c] *= scale;
        }
    }

    private static void logSoftmaxRow(float[] x, float[] y, int at, int width) {
        float max = max(x, at, width);
        float sum = 0f;
        for (int c = 0; c < width; c++) {
            sum += FloatMath.exp(x[at + c] - max);
        }
        float logSum = max + FloatMath.log(sum);
        for (int c = 0; c < width; c++) {
            y[at + c] = x[at + c] - logSum;
        }
    }

    private static void softmaxRowBackward(float[] y, int row, int width, float[] signal) {
        float dot = 0f;
        for (int i = row; i < row + width; i++) {
            dot += y[i] * signal[i];
        }
        for (int i = row; i < row + width; i++) {
            signal[i] = y[i] * (signal[i] - dot);
        }
    }

    private static void logSoftmaxRowBackward(float[] y, int row, int width, float[] signal) {
        float sum = 0f;
        for (int i = row; i < row + width; i++) {
            sum += signal[i];
        }
        for (int i = row; i < row + width; i++) {
            signal[i] -= FloatMath.exp(y[i]) * sum;
        }
    }

    private static float max(float[] x, int at, int width) {
        float max = Float.NEGATIVE_INFINITY;
        for (int c = 0; c < width; c++) {
            max = Math.max(max, x[at + c]);
        }
        return max;
    }
}
