package org.mtl4j.tensor;

/** The loops behind {@link Activation}. */
final class ActivationKernels {

    private ActivationKernels() {}

    static void forward(Activation f, float[] x, float[] y, int rows, int width) {
        if (f instanceof Activation.Softmax) {
            for (int r = 0; r < rows; r++) {
                softmaxRow(x, y, r * width, width);
            }
        } else if (f instanceof Activation.LogSoftmax) {
            for (int r = 0; r < rows; r++) {
                logSoftmaxRow(x, y, r * width, width);
            }
        } else {
            elementwise(f, x, y, 0, rows * width);
        }
    }

    /** Takes an elementwise f of the numbers in {@code [from, to)}. @param y may be x. */
    static void elementwise(Activation f, float[] x, float[] y, int from, int to) {
        if (f instanceof Activation.Relu) {
            relu(x, y, from, to);
        } else if (f instanceof Activation.LeakyRelu leaky) {
            leakyRelu((float) leaky.slope(), x, y, from, to);
        } else if (f instanceof Activation.Elu elu) {
            TanhKernels.elu((float) elu.alpha(), x, y, from, to);
        } else if (f instanceof Activation.Gelu) {
            GeluKernels.forward(x, y, from, to);
        } else if (f instanceof Activation.GeluTanh) {
            GeluKernels.tanhForward(x, y, from, to);
        } else if (f instanceof Activation.Silu) {
            TanhKernels.silu(x, y, from, to);
        } else if (f instanceof Activation.Tanh) {
            TanhKernels.tanh(x, y, from, to);
        } else if (f instanceof Activation.Sigmoid) {
            TanhKernels.sigmoid(x, y, from, to);
        } else if (f instanceof Activation.Softplus) {
            SoftplusKernels.forward(x, y, from, to);
        } else if (f instanceof Activation.Identity && x != y) {
            System.arraycopy(x, from, y, from, to - from);
        }
    }

    /** @param at x where the derivative needs it, else y; in the same places as the signal */
    static void backward(Activation f, float[] at, float[] signal, int offset, int rows, int width) {
        int end = offset + rows * width;
        if (f instanceof Activation.Softmax) {
            for (int row = offset; row < end; row += width) {
                softmaxRowBackward(at, row, width, signal);
            }
        } else if (f instanceof Activation.LogSoftmax) {
            for (int row = offset; row < end; row += width) {
                logSoftmaxRowBackward(at, row, width, signal);
            }
        } else {
            elementwiseBackward(f, at, signal, offset, end);
        }
    }

    private static void elementwiseBackward(Activation f, float[] at, float[] signal, int from, int to) {
        if (f instanceof Activation.Relu) {
            reluBackward(at, signal, from, to);
        } else if (f instanceof Activation.LeakyRelu leaky) {
            leakyReluBackward((float) leaky.slope(), at, signal, from, to);
        } else if (f instanceof Activation.Elu elu) {
            TanhKernels.eluSlope((float) elu.alpha(), at, signal, from, to);
        } else if (f instanceof Activation.Gelu) {
            GeluKernels.backward(at, signal, from, to);
        } else if (f instanceof Activation.GeluTanh) {
            GeluKernels.tanhBackward(at, signal, from, to);
        } else if (f instanceof Activation.Silu) {
            TanhKernels.siluSlope(at, signal, from, to);
        } else if (f instanceof Activation.Tanh) {
            TanhKernels.tanhSlope(at, signal, from, to);
        } else if (f instanceof Activation.Sigmoid) {
            TanhKernels.sigmoidSlope(at, signal, from, to);
        } else if (f instanceof Activation.Softplus) {
            TanhKernels.softplusSlope(at, signal, from, to);
        }
    }

    /** y = max(x, 0), the loop that the JIT vectorises. */
    private static void relu(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
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

    /** y = x for x &gt; 0, else slope x. */
    private static void leakyRelu(float slope, float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = Math.max(x[i], 0f) + slope * Math.min(x[i], 0f);
        }
    }

    /** s *= 1 for y &gt; 0, else slope. */
    private static void leakyReluBackward(float slope, float[] y, float[] signal, int from, int to) {
        for (int i = from; i < to; i++) {
            float positive = Math.max(0f, Math.min(y[i] * Float.MAX_VALUE, 1f));
            signal[i] *= positive + (1f - positive) * slope;
        }
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
