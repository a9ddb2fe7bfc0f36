package org.mtl4j.optimise;

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
}
