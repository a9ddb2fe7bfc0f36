package org.mtl4j.train;

import java.util.List;
import org.mtl4j.bytes.State;

/** Mutable: the parameters of the epoch that a run will hold. */
final class Best {

    private final List<float[]> state;
    private final Stopping stopping;
    private List<float[]> kept;
    private double lowest = Double.POSITIVE_INFINITY;
    private int epoch;
    private int lastImprovement;

    /** @param state the parameters themselves, as they are trained, and running statistics */
    Best(List<float[]> state, Stopping stopping) {
        this.state = state;
        this.stopping = stopping;
        this.kept = copy();
    }

    private List<float[]> copy() {
        return state.stream().map(float[]::clone).toList();
    }

    private void put() {
        for (int i = 0; i < state.size(); i++) {
            System.arraycopy(kept.get(i), 0, state.get(i), 0, kept.get(i).length);
        }
    }

    /** An epoch ended with this criterion, NaN for none. */
    void hear(int number, double criterion) {
        boolean improved = criterion < lowest;
        if (improved) {
            lowest = criterion;
            lastImprovement = number;
        }
        if (improved || stopping.keep() == Stopping.Keep.LAST || Double.isNaN(criterion)) {
            kept = copy();
            epoch = number;
        }
    }

    /** Whether the patience is used up. */
    boolean isExhausted(int number) {
        return stopping.patience() != Stopping.NEVER && number - lastImprovement >= stopping.patience();
    }

    /** What is in the parameters now is not to be kept: puts those of the kept epoch in place, or the initial ones. */
    void diverged() {
        put();
    }

    /** Puts the kept parameters in place; without a finished epoch, what was learned so far stays. */
    void restore() {
        if (epoch > 0) {
            put();
        }
    }

    /** The kept epoch, from 1; 0 for none. */
    int epoch() {
        return epoch;
    }

    /** Tells, or takes back, the kept parameters and when they were. */
    void state(State told) {
        lowest = told.real("lowest criterion", lowest);
        epoch = (int) told.number("kept epoch", epoch);
        lastImprovement = (int) told.number("last improvement", lastImprovement);
        kept.forEach(part -> told.floats("kept", part));
    }
}
