package org.mtl4j.balance;

import java.util.List;

/**
 * A way to weigh tasks: a mapping from their losses, or from the Gram of their gradients, to one weight per task. A frozen
 * value that prints as the line that makes it; {@link #start} gives its running state.
 *
 * <p>The total loss is L = sum_i w_i a_i L_i, with a_i the task's own weight ({@code task(..).weight(a)}), which scales
 * losses and gradients before the balancer sees them. What its weights reach: those of a loss method reach shared and
 * head parameters; those of a gradient method reach the shared ones, and heads get weight 1 unless {@link #heads} says
 * {@link Heads#WEIGHTED}. Weights are keyed by task, never by position.
 */
public interface Balancer {

    /** What a balancer reads. */
    enum Needs {
        /** The losses only. */
        LOSSES,
        /** The Gram of the gradients of the shared parameters. */
        GRAM,
        /** These gradients themselves, and their Gram. */
        GRADIENTS
    }

    /** What a gradient method does with the parameters that one task owns. */
    enum Heads {
        /** Weight 1. */
        UNIT,
        /** The task's weight. */
        WEIGHTED
    }

    /** What it reads. */
    Needs needs();

    /** What it does with the heads, where it reads the Gram. */
    default Heads heads() {
        return Heads.UNIT;
    }

    /** Whether it hears the losses of the same batch once more after the update, by {@link Weighting#hear}. */
    default boolean hearsUpdate() {
        return false;
    }

    /**
     * Whether each step draws two further batches, independent of its own and of each other, whose cross-Gram it reads: {@link
     * WeighingStep#crossGram}. One that does reads the Gram too.
     */
    default boolean samplesTwice() {
        return false;
    }

    /** Which gradients it weighs the tasks by, where it reads the Gram. */
    default Scope scope() {
        return Scope.DEFAULT;
    }

    /**
     * This gradient method by the gradients of the shared representation: cheaper, and an upper bound; see {@link
     * Scope.Representation}.
     *
     * @throws IllegalArgumentException if it reads losses only
     */
    default Balancer atRepresentation() {
        return new Scoped(this, new Scope.Representation());
    }

    /**
     * This gradient method by the gradients of some shared layers; see {@link Scope.Layers}.
     *
     * @throws IllegalArgumentException if it reads losses only
     */
    default Balancer atLayers(String... names) {
        return new Scoped(this, new Scope.Layers(List.of(names)));
    }

    /**
     * This balancer with weights that are computed every so many steps and kept between: a step between costs no more than one
     * of {@code fixed(..)}; see {@link Every}. Methods with a period of their own, such as {@link Dwa#every}, take theirs.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    default Balancer every(int steps) {
        return new Every(this, steps);
    }

    /**
     * This balancer with an exponential mean of its weights in their place; see {@link Smoothed}.
     *
     * @param beta how much of the mean stays in a step, in [0, 1)
     */
    default Balancer smoothed(double beta) {
        return new Smoothed(this, beta);
    }

    /** This balancer after so many epochs in which every task weighs 1; see {@link AfterWarmUp}. */
    default Balancer afterWarmUp(int epochs) {
        return new AfterWarmUp(this, epochs, AfterWarmUp.Unit.EPOCHS);
    }

    /** This balancer after so many steps in which every task weighs 1; see {@link AfterWarmUp}. */
    default Balancer afterWarmUpSteps(int steps) {
        return new AfterWarmUp(this, steps, AfterWarmUp.Unit.STEPS);
    }

    /** This balancer with weights of at least the one number and at most the other; see {@link Clipped}. */
    default Balancer clipped(double low, double high) {
        return new Clipped(this, low, high);
    }

    /**
     * This loss method, and then a gradient method that sees the losses and gradients as this one has scaled them; see {@link
     * Then}.
     *
     * @throws IllegalArgumentException if this is no loss method, or the other no gradient method
     */
    default Balancer then(Balancer gradientMethod) {
        return new Then(this, gradientMethod);
    }

    /** The user's own formulas in it, as they print: what they remember by themselves is in no checkpoint. */
    default List<String> formulas() {
        return List.of();
    }

    /**
     * Whether it can train these tasks: one made for a main task where that is among them, one that takes so many tasks where
     * there are as many. {@link #start} throws otherwise.
     *
     * @param tasks task names
     */
    default boolean serves(List<String> tasks) {
        return true;
    }

    /**
     * This balancer for some of the tasks only: what is keyed by other tasks is left out. Answers itself where nothing is
     * keyed by task.
     *
     * @param tasks task names
     */
    default Balancer restrictTo(List<String> tasks) {
        return this;
    }

    /**
     * Engine API. The running state of one training.
     *
     * @param tasks task names, in the order of the weights
     * @throws IllegalArgumentException if the tasks are not those that it is keyed by
     */
    Weighting start(List<String> tasks);
}
