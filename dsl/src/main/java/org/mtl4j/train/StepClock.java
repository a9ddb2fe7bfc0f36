package org.mtl4j.train;

import org.mtl4j.bytes.State;

/** Mutable: adds up where the time of steps goes. It is read about five times a step, 25 ns each, and allocates nothing. */
final class StepClock {

    /** What a step spends time on. */
    enum Part {
        /** All that every balancer needs. */
        REST,
        /** A backward signal per task, and the Gram. */
        SIGNALS,
        /** Weights, or the update made of the gradients. */
        WEIGHING,
        /** The losses after the update. */
        HEARING
    }

    private final long[] nanos = new long[Part.values().length];
    private long since;

    /** A step, or a further part of one, begins. */
    void begin() {
        since = System.nanoTime();
    }

    /** The time since it began, or since the last part, went into this part. */
    void spent(Part part) {
        long now = System.nanoTime();
        nanos[part.ordinal()] += now - since;
        since = now;
    }

    Balancing.Time time() {
        long all = 0;
        for (long each : nanos) {
            all += each;
        }
        return Balancing.Time.of(all, of(Part.SIGNALS), of(Part.WEIGHING), of(Part.HEARING));
    }

    private long of(Part part) {
        return nanos[part.ordinal()];
    }

    /** Tells, or takes back, the times. */
    void state(State state) {
        state.numbers("time of steps", nanos);
    }
}
