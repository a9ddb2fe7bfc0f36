package org.mtl4j.optimise;

/**
 * A rule that turns gradients into steps. A frozen value; {@link #start} gives its running state.
 *
 * <p>All but {@link Lion}, {@link AdaBelief} and {@link Sam}, which PyTorch has not, follow PyTorch 2 number for number.
 * Names, settings and defaults are PyTorch's.
 */
public sealed interface Optimiser permits Tuned {

    /** What all optimisers have. */
    Settings settings();

    /** This optimiser with another base rate. */
    Optimiser rate(double rate);

    /** This optimiser with weight decay. */
    Optimiser weightDecay(double factor);

    /** This optimiser, up the gradient. */
    Optimiser maximise();

    /** This optimiser with a schedule of its rate. */
    Optimiser schedule(Schedule schedule);

    /** This optimiser with so many steps of a rate that rises linearly to the schedule's first, which follows. */
    Optimiser warmup(int steps);

    /** This optimiser with a warm-up that begins at this part of the schedule's first rate. */
    Optimiser warmup(int steps, double start);

    /** This optimiser with the gradient's 2-norm over all parameters held to at most this. */
    Optimiser clipNorm(double max);

    /** This optimiser with each number of the gradient held to [-max, max]. */
    Optimiser clipValue(double max);

    /**
     * This optimiser with another base rate for some parameters: those whose name is this or begins with it and a point.
     * {@code group("encoder", 1e-4)}, {@code group("head.income", 1e-2)}, {@code group("balancer", 0.025)}. Where
     * several fit, the longest counts. The schedule and all else are the optimiser's. A study that tries several rates
     * leaves those of groups as they are.
     */
    Optimiser group(String prefix, double rate);

    /** The same with weight decay of the group's own: {@code group("head", rate(1e-2).weightDecay(0))}. */
    Optimiser group(String prefix, Rate rate);

    /**
     * This optimiser with so many batches a step: their gradients are averaged, each weighed by its rows, and clipped
     * after that; so a step is that of one batch of all these rows where losses are means and every row has every label.
     * Where labels are missing, a task's loss is the mean over those of each batch. A balancer weighs each batch by
     * itself. The last step of an epoch takes what batches are left. {@code steps(..)}, schedules and averages count
     * steps, not batches.
     */
    Optimiser accumulate(int batches);

    /**
     * This optimiser with an exponential moving average of the parameters beside it. Validation, early stopping and the
     * run's model are those of the average; gradients are taken at the parameters themselves.
     */
    Optimiser ema(double decay);

    /** The same with another start: {@code adam(1e-3).ema(ema(0.999).warmup())}. */
    Optimiser ema(Ema ema);

    /** Engine API. This optimiser with other settings. */
    Optimiser with(Settings other);

    /** Engine API. The running state for this many parameters. */
    Update start(int parameters);
}
