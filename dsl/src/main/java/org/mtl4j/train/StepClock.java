package org.mtl4j.train;

import org.mtl4j.bytes.State;

/**
 * Mutable: adds up where the time of steps goes. It is read about six times a step, 25 ns each, and allocates nothing. The
 * first batch is left out, in which classes are loaded.
 */
final class StepClock {

    /** What a step spends time on. */
    enum Part {
        /** All that every balancer needs. */
        REST,
        /** A backward signal per task. */
        SIGNALS,
        /** The Gram of the gradients, or they themselves. */
        GRAM,
        /** Weights, or the update made of the gradients. */
        WEIGHING,
        /** The losses after the update. */
        HEARING,
        /** Further batches. */
        SAMPLING
    }

    private final long[] nanos = new long[Part.values().length];
    private boolean isFirst = true;
    private long since;

    /** A batch begins. */
    void begin() {
        since = System.nanoTime();
    }

    /** The time since it began, or since the last part, went into this part. */
    void spent(Part part) {
        long now = System.nanoTime();
        if (!isFirst) {
            nanos[part.ordinal()] += now - since;
        }
        since = now;
    }

    /** A batch ends. */
    void end() {
        isFirst = false;
    }

    Balancing.Time time() {
        return Balancing.Time.of(
                of(Part.REST), of(Part.SIGNALS), of(Part.GRAM), of(Part.WEIGHING), of(Part.HEARING), of(Part.SAMPLING));
    }

    private long of(Part part) {
        return nanos[part.ordinal()];
    }

    /** Tells, or takes back, the times. */
    void state(State state) {
        state.numbers("time of steps", nanos);
    }
}
