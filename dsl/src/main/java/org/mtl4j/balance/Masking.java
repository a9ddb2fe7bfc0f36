package org.mtl4j.balance;

/**
 * Engine API, mutable: the running state of a balancer that says of each number of the shared representation which share of each
 * task's gradient by it goes on to the parameters below, which no weights of the tasks can say. It weighs all the same: its
 * weights are recorded.
 */
public interface Masking extends Weighting {

    /**
     * Writes the shares, after {@link #weigh} of the same step.
     *
     * @param agreements [tasks * numbers]: the sum over the rows of the task's gradient times the sign of the representation; 0
     *     without labels
     * @param kept [tasks * numbers], overwritten
     */
    void mask(WeighingStep step, float[] agreements, float[] kept);
}
