package org.mtl4j.task;

import java.util.Arrays;
import org.mtl4j.tensor.FloatMath;

/** Computes {@link Coral}, its signal at the one output and the gradient of its biases. */
final class CoralKernel implements Kernel {

    private final float[] importance;

    CoralKernel(Coral loss) {
        importance = LossKernel.floats(loss.importance());
    }

    @Override
    public double evaluate(Labelled at, double scale) {
        int biases = at.ownCount;
        float unit = (float) (scale / at.count);
        Arrays.fill(at.ownGradient, at.ownOffset, at.ownOffset + biases, 0f);
        double sum = 0;
        for (int r = 0; r < at.count; r++) {
            int o = at.output(r);
            float y = at.targets[at.target(r)];
            float signal = 0f;
            for (int k = 0; k < biases; k++) {
                float x = at.outputs[o] + at.own[at.ownOffset + k];
                float level = y > k ? 1f : 0f;
                float factor = importance.length == 0 ? 1f : importance[k];
                sum += factor * (FloatMath.softplus(x) - level * x);
                float d = unit * factor * (FloatMath.sigmoid(x) - level);
                signal += d;
                at.ownGradient[at.ownOffset + k] += d;
            }
            at.signal[o] = signal;
        }
        return sum / at.count;
    }
}
