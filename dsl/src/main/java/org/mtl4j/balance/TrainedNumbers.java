package org.mtl4j.balance;

import java.util.Arrays;

/** Weights from one number a task, which the training's optimiser trains with all others. */
abstract class TrainedNumbers implements Weighting {

    private final float[] initial;

    /** @param value where each begins */
    TrainedNumbers(int tasks, double value) {
        initial = new float[tasks];
        Arrays.fill(initial, (float) value);
    }

    @Override
    public final float[] ownParameters() {
        return initial.clone();
    }
}
