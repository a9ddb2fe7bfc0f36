package org.mtl4j.task;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Hands the labelled rows of a task, of which all labels are known, to a loss of the user's own, packed, and spreads its signal. Mutable scratch. */
final class OwnKernel {

    private final Loss.Own loss;
    private OwnLoss.@Nullable Computation computation;
    private float[] predictions = new float[0];
    private float[] targets = new float[0];
    private float[] signal = new float[0];
    private int[] complete = new int[0];

    OwnKernel(Loss.Own loss) {
        this.loss = loss;
    }

    /** The loss; writes scale x dL/doutputs at the labelled rows, of which there is at least one. */
    double evaluate(Labelled at, double scale) {
        if (computation == null) {
            computation = loss.maths().start(loss.toString(), at.width);
        }
        int rows = pack(at);
        if (rows == 0) {
            return 0;
        }
        double value = computation.evaluate(predictions, targets, rows, signal);
        for (int r = 0, from = 0; r < rows; r++) {
            for (int c = 0, o = at.output(complete[r]); c < at.width; c++, o++, from++) {
                at.signal[o] = (float) scale * signal[from];
            }
        }
        return value;
    }

    /** Packs the labelled rows, without those of a multi-label task that lack some of its labels; answers their number. */
    private int pack(Labelled at) {
        int n = at.count * at.width;
        if (predictions.length < n) {
            predictions = new float[n];
            targets = new float[n];
            signal = new float[n];
            complete = new int[at.count];
        }
        boolean classNumber = at.targetWidth < at.width; // one class number a row, for an output per class
        Arrays.fill(targets, 0, n, 0f);
        int rows = 0;
        for (int r = 0; r < at.count; r++) {
            if (isComplete(at, r)) {
                int to = rows * at.width;
                complete[rows++] = r;
                System.arraycopy(at.outputs, at.output(r), predictions, to, at.width);
                if (classNumber) {
                    targets[to + (int) at.targets[at.target(r)]] = 1f;
                } else {
                    System.arraycopy(at.targets, at.target(r), targets, to, at.width);
                }
            }
        }
        return rows;
    }

    private static boolean isComplete(Labelled at, int r) {
        for (int c = 0, t = at.target(r); c < at.targetWidth; c++, t++) {
            if (Float.isNaN(at.targets[t])) {
                return false;
            }
        }
        return true;
    }
}
