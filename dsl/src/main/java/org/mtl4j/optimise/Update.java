package org.mtl4j.optimise;

import org.mtl4j.bytes.State;

/** Engine API, mutable: the running state of an optimiser (moments, step count). */
public interface Update {

    /**
     * Takes one step.
     *
     * @param values [parameters], modified
     * @param gradient [parameters], read only
     * @param rate the rate of this step
     */
    void step(float[] values, float[] gradient, double rate);

    /** Tells, or takes back, all that a step leaves for the next; one without memory has nothing to tell. */
    default void state(State state) {
        // plain gradient descent remembers nothing
    }
}
