package org.mtl4j.optimise;

import org.mtl4j.bytes.State;

/** Engine API, mutable: the running state of a {@link Schedule}. */
public interface Pace {

    /**
     * The rate of a step.
     *
     * @param base the optimiser's rate, or a group's
     * @param step from 0
     * @param steps steps planned
     */
    double rate(double base, long step, long steps);

    /** An epoch ended with this criterion of the validation part, lower is better. */
    default void hear(double criterion) {
        // a formula in the step does not ask how well it goes
    }

    /** Tells, or takes back, what it has heard; a formula has nothing to tell. */
    default void state(State state) {
        // a formula in the step has no memory
    }
}
