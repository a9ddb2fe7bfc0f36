package org.mtl4j.task;

import org.mtl4j.tensor.FloatMath;

/** Computes {@link Focal} and its signal. */
final class FocalKernel implements Kernel {

    private final float gamma;
    private final float[] alphas;
    private float[] exponentials = new float[0];

    FocalKernel(Focal loss) {
        gamma = (float) loss.gamma();
        alphas = LossKernel.floats(loss.alphas());
    }

    @Override
    public double evaluate(Labelled at, double scale) {
        boolean classNumber = at.targetWidth < at.width; // one class number a row, for an output per class
        return classNumber ? softmax(at, scale) : sigmoid(at, scale);
    }

    private double sigmoid(Labelled at, double scale) {
        int known = 0;
        for (int r = 0; r < at.count; r++) {
            for (int c = 0, t = at.target(r); c < at.width; c++, t++) {
                known += Float.isNaN(at.targets[t]) ? 0 : 1;
            }
        }
        double sum = 0;
        for (int r = 0; r < at.count; r++) {
            for (int c = 0, o = at.output(r), t = at.target(r); c < at.width; c++, o++, t++) {
                float y = at.targets[t];
                if (Float.isNaN(y)) {
                    at.signal[o] = 0f;
                } else {
                    sum += number(at, o, y, (float) (scale / known));
                }
            }
        }
        return known == 0 ? 0 : sum / known;
    }

    /** One output against 1 or 0. */
    private double number(Labelled at, int o, float y, float scale) {
        float sign = y == 1 ? 1f : -1f;
        float a = alphas.length == 0 ? 1f : y == 1 ? alphas[0] : 1f - alphas[0];
        float z = sign * at.outputs[o];
        // p = s(z), q = 1 - p = s(-z); log p = -softplus(-z), log q = -softplus(z)
        float minusLogP = FloatMath.softplus(-z);
        float power = a * FloatMath.exp(-gamma * FloatMath.softplus(z));
        // d/dz of -q^g log p is q^g (g p log p - q)
        at.signal[o] = scale * sign * power * (-gamma * FloatMath.sigmoid(z) * minusLogP - FloatMath.sigmoid(-z));
        return power * minusLogP;
    }

    private double softmax(Labelled at, double scale) {
        if (exponentials.length < at.width) {
            exponentials = new float[at.width];
        }
        double sum = 0;
        for (int r = 0; r < at.count; r++) {
            sum += row(at, r, (float) (scale / at.count));
        }
        return sum / at.count;
    }

    private double row(Labelled at, int r, float scale) {
        int o = at.output(r);
        int y = (int) at.targets[at.target(r)];
        float max = Float.NEGATIVE_INFINITY;
        for (int c = 0; c < at.width; c++) {
            max = Math.max(max, at.outputs[o + c]);
        }
        float sum = 0f;
        float others = 0f;
        for (int c = 0; c < at.width; c++) {
            exponentials[c] = FloatMath.exp(at.outputs[o + c] - max); // shifted by the max: no overflow
            sum += exponentials[c];
            others += c == y ? 0f : exponentials[c];
        }
        float logP = at.outputs[o + y] - max - FloatMath.log(sum);
        float p = exponentials[y] / sum;
        float q = others / sum;
        float a = alphas.length == 0 ? 1f : alphas[y];
        float power = q > 0 ? FloatMath.exp(gamma * FloatMath.log(q)) : gamma == 0 ? 1f : 0f;
        // -dL/dlog p = q^g - g q^(g - 1) p log p; and dlog p/dx_c = [c = y] - p_c
        float slope = a * (power - (q > 0 ? gamma * power / q * p * logP : 0f));
        for (int c = 0; c < at.width; c++) {
            float share = c == y ? -q : exponentials[c] / sum;
            at.signal[o + c] = scale * slope * share;
        }
        return -a * power * logP;
    }
}
