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

    private long rest;
    private long signals;
    private long gram;
    private long weighing;
    private long hearing;
    private long sampling;
    private boolean isFirst = true;
    private long since;

    /** A batch begins. */
    void begin() {
        since = System.nanoTime();
    }

    /** The time since it began, or since the last part, went into this part. */
    void spent(Part part) {
        long now = System.nanoTime();
        long nanos = isFirst ? 0 : now - since;
        since = now;
        switch (part) {
            case REST -> rest += nanos;
            case SIGNALS -> signals += nanos;
            case GRAM -> gram += nanos;
            case WEIGHING -> weighing += nanos;
            case HEARING -> hearing += nanos;
            case SAMPLING -> sampling += nanos;
        }
    }

    /** A batch ends. */
    void end() {
        isFirst = false;
    }

    Balancing.Time time() {
        return Balancing.Time.of(rest, signals, gram, weighing, hearing, sampling);
    }

    /** Tells, or takes back, the times. */
    void state(State state) {
        rest = state.number("time of the rest", rest);
        signals = state.number("time of the signals", signals);
        gram = state.number("time of the Gram", gram);
        weighing = state.number("time of the weights", weighing);
        hearing = state.number("time of the losses after the update", hearing);
        sampling = state.number("time of further batches", sampling);
    }
}
