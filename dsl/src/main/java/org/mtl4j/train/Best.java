package org.mtl4j.train;

/** Mutable: the parameters of the epoch that a run will hold. */
final class Best {

    private final float[] parameters;
    private final Stopping stopping;
    private float[] kept;
    private double lowest = Double.POSITIVE_INFINITY;
    private int epoch;
    private int lastImprovement;

    /** @param parameters the parameters themselves, as they are trained */
    Best(float[] parameters, Stopping stopping) {
        this.parameters = parameters;
        this.stopping = stopping;
        this.kept = parameters.clone();
    }

    /** An epoch ended with this criterion, NaN for none. */
    void hear(int number, double criterion) {
        boolean improved = criterion < lowest;
        if (improved) {
            lowest = criterion;
            lastImprovement = number;
        }
        if (improved || stopping.keep() == Stopping.Keep.LAST || Double.isNaN(criterion)) {
            kept = parameters.clone();
            epoch = number;
        }
    }

    /** Whether the patience is used up. */
    boolean isExhausted(int number) {
        return stopping.patience() != Stopping.NEVER && number - lastImprovement >= stopping.patience();
    }

    /** What is in the parameters now is not to be kept: puts those of the kept epoch in place, or the initial ones. */
    void diverged() {
        System.arraycopy(kept, 0, parameters, 0, kept.length);
    }

    /** Puts the kept parameters in place; without a finished epoch, what was learned so far stays. */
    void restore() {
        if (epoch > 0) {
            System.arraycopy(kept, 0, parameters, 0, kept.length);
        }
    }

    /** The kept epoch, from 1; 0 for none. */
    int epoch() {
        return epoch;
    }
}
