package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;

/** y = tanh(x W + b) as a layer of one's own, by plain loops: the twin of a dense layer. */
final class PlainTanhLayer implements OwnLayer {

    private final int in;
    private final int width;

    PlainTanhLayer(int in, int width) {
        this.in = in;
        this.width = width;
    }

    @Override
    public List<Shape> shapes() {
        return List.of(new Shape("weight", in, width), new Shape("bias", 1, width));
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void forward(float[] x, int rows, float[] p, int offset, float[] y) {
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < width; c++) {
                double sum = p[offset + in * width + c];
                for (int k = 0; k < in; k++) {
                    sum += x[r * in + k] * p[offset + k * width + c];
                }
                y[r * width + c] = (float) StrictMath.tanh(sum);
            }
        }
    }

    /** The signal after tanh's derivative. */
    private float[] inner(float[] x, int rows, float[] p, int offset, float[] s) {
        float[] y = new float[rows * width];
        forward(x, rows, p, offset, y);
        for (int i = 0; i < y.length; i++) {
            y[i] = s[i] * (1 - y[i] * y[i]);
        }
        return y;
    }

    @Override
    public void gradient(float[] x, int rows, float[] p, int offset, float[] s, float[] into, int intoOff) {
        float[] inner = inner(x, rows, p, offset, s);
        Arrays.fill(into, intoOff, intoOff + (in + 1) * width, 0f);
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < width; c++) {
                for (int k = 0; k < in; k++) {
                    into[intoOff + k * width + c] += x[r * in + k] * inner[r * width + c];
                }
                into[intoOff + in * width + c] += inner[r * width + c];
            }
        }
    }

    @Override
    public void inputGradient(float[] x, int rows, float[] p, int offset, float[] s, float[] into) {
        float[] inner = inner(x, rows, p, offset, s);
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < in; k++) {
                float sum = 0;
                for (int c = 0; c < width; c++) {
                    sum += inner[r * width + c] * p[offset + k * width + c];
                }
                into[r * in + k] = sum;
            }
        }
    }
}
