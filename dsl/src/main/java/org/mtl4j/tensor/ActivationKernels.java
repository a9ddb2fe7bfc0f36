package org.mtl4j.tensor;

/** The loops behind {@link Activation}. */
final class ActivationKernels {

    private static final double GELU_SCALE = 0.7978845608028654; // sqrt(2 / pi)
    private static final double GELU_CUBIC = 0.044715;
    private static final double INVERSE_SQRT_2PI = 0.3989422804014327;

    private ActivationKernels() {}

    static void forward(Activation f, float[] x, float[] y, int rows, int width) {
        int n = rows * width;
        if (f instanceof Activation.Relu) {
            relu(x, y, n);
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

    static void backward(
            Activation f, float[] x, float[] y, int from, int rows, int width, float[] signal, int offset) {
        int n = rows * width;
        if (f instanceof Activation.Relu) {
            reluBackward(y, from, n, signal, offset);
        } else if (f instanceof Activation.Softmax) {
            for (int r = 0; r < rows; r++) {
                softmaxRowBackward(y, from + r * width, width, signal, offset + r * width);
            }
        } else if (f instanceof Activation.LogSoftmax) {
            for (int r = 0; r < rows; r++) {
                logSoftmaxRowBackward(y, from + r * width, width, signal, offset + r * width);
            }
        } else if (!(f instanceof Activation.Identity)) {
            float[] at = f.needsInput() ? x : y;
            for (int i = 0; i < n; i++) {
                signal[offset + i] *= slope(f, at[from + i]);
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
    private static void reluBackward(float[] y, int from, int n, float[] signal, int offset) {
        for (int i = 0; i < n; i++) {
            // y >= 0, so y * MAX is at least 1 for every normal y: a mask without a branch, which vectorises
            signal[offset + i] *= Math.min(y[from + i] * Float.MAX_VALUE, 1f);
        }
    }

    private static float value(Activation f, float x) {
        if (f instanceof Activation.LeakyRelu leaky) {
            return x > 0 ? x : (float) leaky.slope() * x;
        } else if (f instanceof Activation.Elu elu) {
            return x > 0 ? x : (float) (elu.alpha() * StrictMath.expm1(x));
        } else if (f instanceof Activation.Gelu) {
            return (float) (x * FloatMath.normalCdf(x));
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
        } else if (f instanceof Activation.Gelu) {
            return (float) (FloatMath.normalCdf(at) + at * INVERSE_SQRT_2PI * StrictMath.exp(-0.5 * at * at));
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

    private static void softmaxRowBackward(float[] y, int at, int width, float[] signal, int offset) {
        float dot = 0f;
        for (int c = 0; c < width; c++) {
            dot += y[at + c] * signal[offset + c];
        }
        for (int c = 0; c < width; c++) {
            signal[offset + c] = y[at + c] * (signal[offset + c] - dot);
        }
    }

    private static void logSoftmaxRowBackward(float[] y, int at, int width, float[] signal, int offset) {
        float sum = 0f;
        for (int c = 0; c < width; c++) {
            sum += signal[offset + c];
        }
        for (int c = 0; c < width; c++) {
            signal[offset + c] -= FloatMath.exp(y[at + c]) * sum;
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
