package org.mtl4j.task;

/** Computes one kind of loss. Mutable scratch; one per task. */
interface Kernel {

    /**
     * The loss; writes scale x dL/doutputs at the labelled rows, of which there is at least one, and scale x dL/down for
     * parameters of its own.
     */
    double evaluate(Labelled at, double scale);
}
