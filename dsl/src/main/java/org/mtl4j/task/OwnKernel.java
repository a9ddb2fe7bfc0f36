package org.mtl4j.task;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Hands the labelled rows of a task to a loss of the user's own, packed, and spreads its signal. Mutable scratch. */
final class OwnKernel implements Kernel {

    private final Loss.Own loss;
    private OwnLoss.@Nullable Computation computation;
    private float[] predictions = new float[0];
    private float[] targets = new float[0];
    private float[] signal = new float[0];

    OwnKernel(Loss.Own loss) {
        this.loss = loss;
    }

    @Override
    public double evaluate(Labelled at, double scale) {
        if (computation == null) {
            computation = loss.maths().start(loss.toString(), at.width);
        }
        pack(at);
        double value = computation.evaluate(predictions, targets, at.count, signal);
        for (int r = 0, from = 0; r < at.count; r++) {
            for (int c = 0, o = at.output(r); c < at.width; c++, o++, from++) {
                at.signal[o] = (float) scale * signal[from];
            }
        }
        return value;
    }

    private void pack(Labelled at) {
        int n = at.count * at.width;
        if (predictions.length < n) {
            predictions = new float[n];
            targets = new float[n];
            signal = new float[n];
        }
        boolean classNumber = at.targetWidth < at.width; // one class number a row, for an output per class
        Arrays.fill(targets, 0, n, 0f);
        for (int r = 0, to = 0; r < at.count; r++, to += at.width) {
            System.arraycopy(at.outputs, at.output(r), predictions, to, at.width);
            if (classNumber) {
                targets[to + (int) at.targets[at.target(r)]] = 1f;
            } else {
                System.arraycopy(at.targets, at.target(r), targets, to, at.width);
            }
        }
    }
}
