package org.mtl4j.optimise;

/**
 * A rule that turns gradients into steps. A frozen value; {@link #start} gives its running state.
 *
 * <p>{@link Sgd} (with momentum and Nesterov's) and {@link Adam} (with AdamW) follow PyTorch 2 number for number.
 */
public sealed interface Optimiser permits Sgd, Adam {

    /** What all optimisers have. */
    Settings settings();

    /** This optimiser with another base rate. */
    Optimiser rate(double rate);

    /** This optimiser with weight decay. */
    Optimiser weightDecay(double factor);

    /** This optimiser with a schedule of its rate. */
    Optimiser schedule(Schedule schedule);

    /** This optimiser with the gradient's 2-norm over all parameters held to at most this. */
    Optimiser clipNorm(double max);

    /** This optimiser with each number of the gradient held to [-max, max]. */
    Optimiser clipValue(double max);

    /** Engine API. The running state for this many parameters. */
    Update start(int parameters);
}
