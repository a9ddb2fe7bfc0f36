package org.mtl4j.task;

import org.mtl4j.tensor.FloatMath;

/** Computes {@link Loss.MultiLabelCrossEntropy} and its signal; a label that is unknown (NaN) adds 0 and gets none. */
final class MultiLabelKernel implements Kernel {

    private final Loss.Reduction reduction;
    private final float[] positiveWeights;

    MultiLabelKernel(Loss.MultiLabelCrossEntropy loss) {
        reduction = loss.reduction();
        positiveWeights = LossKernel.floats(loss.positiveWeights());
    }

    @Override
    public double evaluate(Labelled at, double scale) {
        double divisor = reduction == Loss.Reduction.MEAN ? known(at) : 1;
        return divisor == 0 ? 0 : sum(at, (float) (scale / divisor)) / divisor;
    }

    /** How many labels of the labelled rows are known. */
    private static int known(Labelled at) {
        int known = 0;
        for (int r = 0; r < at.count; r++) {
            for (int c = 0, t = at.target(r); c < at.width; c++, t++) {
                known += Float.isNaN(at.targets[t]) ? 0 : 1;
            }
        }
        return known;
    }

    private double sum(Labelled at, float scale) {
        double sum = 0;
        for (int r = 0; r < at.count; r++) {
            for (int c = 0, o = at.output(r), t = at.target(r); c < at.width; c++, o++, t++) {
                float y = at.targets[t];
                if (Float.isNaN(y)) {
                    at.signal[o] = 0f;
                    continue;
                }
                float positive = positiveWeights.length == 0 ? 1f : positiveWeights[c];
                float x = at.outputs[o];
                // -log s(x) = softplus(-x) = softplus(x) - x; -log(1 - s(x)) = softplus(x)
                float plus = FloatMath.softplus(x);
                sum += positive * y * (plus - x) + (1f - y) * plus;
                float s = FloatMath.sigmoid(x);
                at.signal[o] = scale * ((1f - y) * s - positive * y * (1f - s));
            }
        }
        return sum;
    }
}
