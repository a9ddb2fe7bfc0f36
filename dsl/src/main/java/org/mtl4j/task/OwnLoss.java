package org.mtl4j.task;

/** Engine API. The maths of a {@link Loss.Own}, computed outside of the engine. A frozen value. */
public interface OwnLoss {

    /**
     * A computation for one training.
     *
     * @param loss the loss as it prints, for messages
     * @param outputs numbers per row of the predictions and of the targets
     * @throws IllegalArgumentException if the loss cannot be trained on
     */
    Computation start(String loss, int outputs);

    /** Mutable scratch: one per task and training, called by one thread at a time. */
    interface Computation {

        /**
         * The mean loss of some rows, each with a label.
         *
         * @param predictions [rows, outputs], read only
         * @param targets [rows, outputs], read only
         * @param rows at least 1
         * @param signal [rows, outputs], overwritten by dloss/dpredictions
         */
        double evaluate(float[] predictions, float[] targets, int rows, float[] signal);
    }
}
