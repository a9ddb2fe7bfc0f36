package org.mtl4j.balance;

import java.util.Arrays;
import org.mtl4j.bytes.State;

/** Engine API, mutable: the running state of a {@link Balancer}. */
public interface Weighting {

    /**
     * The initial values of parameters of its own, which the training's optimiser trains with all others; empty for none.
     */
    default float[] ownParameters() {
        return new float[0];
    }

    /**
     * Says how many shared parameters there are, before the first step, to a balancer that reads the gradients themselves.
     */
    default void open(int parameters) {
        // most methods have no number for each parameter
    }

    /**
     * Says, before the losses of a step are known, whether it reads the Gram or the gradients of this step, where its balancer
     * needs them at all. Where not, its weights are the whole answer, and the step costs one backward pass.
     *
     * <p>It hangs on the labels, the numbers of step and epoch, and its own state, which it does not change.
     */
    default boolean readsGradients(WeighingStep step) {
        return true;
    }

    /**
     * Writes one weight per task, and, where it has parameters of its own, the gradient of the total loss by them.
     *
     * @param step what is known in this step
     * @param weights [tasks], overwritten
     */
    void weigh(WeighingStep step, double[] weights);

    /**
     * Writes the factors of the tasks' own parameters under {@link Balancer.Heads#UNIT}, after {@link #weigh}: 1, except where
     * the losses are weighed before a gradient method sees them.
     *
     * @param factors [tasks], overwritten
     */
    default void weighHeads(double[] factors) {
        Arrays.fill(factors, 1);
    }

    /** Sees a step that it is not asked to weigh, without its gradients: what it keeps in mind of losses goes on. */
    default void lookOn(WeighingStep step) {
        // a gradient method has nothing to see there
    }

    /**
     * Hears the losses of the same batch after the update that its weights led to, where {@link Balancer#hearsUpdate} says that
     * it wants to.
     */
    default void hear(WeighingStep after) {
        // most methods have all they need before the step
    }

    /**
     * How many iterations its solver has taken since it was started: Newton steps, corrals, rounds of
     * pivoting or sweeps; 0 for a formula. It may begin at 0 again where a training goes on. One that holds another
     * weighting answers that one's.
     */
    default long iterations() {
        return 0; // most methods are formulas
    }

    /**
     * Tells, or takes back, all that it remembers from one step to the next, so that a checkpoint holds it: its own
     * parameters aside. One that remembers nothing has nothing to tell.
     */
    default void state(State state) {
        // most methods start anew in each step
    }
}
