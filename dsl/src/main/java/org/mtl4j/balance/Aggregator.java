package org.mtl4j.balance;

/**
 * Engine API, mutable: the running state of a balancer that makes an update of the gradients themselves, element by element,
 * which no weights of the tasks can say. It weighs all the same: its weights are recorded, and reach heads under {@link
 * Balancer.Heads#WEIGHTED}.
 */
public interface Aggregator extends Weighting {

    /**
     * Writes the update of the shared parameters, after {@link #weigh} of the same step.
     *
     * @param step what is known in this step, with {@link WeighingStep#gradients}
     * @param direction [parameters], overwritten
     */
    void aggregate(WeighingStep step, float[] direction);
}
