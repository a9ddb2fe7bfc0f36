package org.mtl4j.balance;

import org.mtl4j.bytes.State;

/** Mutable: the mean loss of each task over the steps that were added and have labels of it. */
final class MeanLosses {

    private final double[] sums;
    private final long[] counts;

    MeanLosses(int tasks) {
        sums = new double[tasks];
        counts = new long[tasks];
    }

    /** Adds the losses of a step. */
    void add(WeighingStep step) {
        for (int t = 0; t < sums.length; t++) {
            if (step.isLabelled(t)) {
                sums[t] += step.loss(t);
                counts[t]++;
            }
        }
    }

    /** The mean of a task; 1 where there is none, or none above {@link Gls#LEAST_LOSS}. */
    double of(int task) {
        double mean = sums[task] / counts[task]; // NaN without labels
        return mean > Gls.LEAST_LOSS ? Math.min(mean, Double.MAX_VALUE) : 1;
    }

    /** Tells them, or takes them back. */
    void state(String name, State state) {
        state.reals(name + " sums", sums);
        state.numbers(name + " counts", counts);
    }
}
