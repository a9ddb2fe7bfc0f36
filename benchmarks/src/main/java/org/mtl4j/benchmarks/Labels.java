package org.mtl4j.benchmarks;

/** Where the labels of a step come from. */
public enum Labels {
    /**
     * New random labels at every step: nothing can be memorised, the loss stays near the log of the number of classes.
     * This is what the tables use. A run of ours takes tens of thousands of steps, and a net that reaches a loss of 0
     * fills Adam's moments with denormals, which are slow; the peers' runs are too short to get there.
     */
    FRESH,
    /** The labels of the four batches, again and again, as the peers' scripts do. */
    CYCLED
}
