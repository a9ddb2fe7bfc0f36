package org.mtl4j.optimise;

/**
 * What all optimisers have.
 *
 * @param rate the base learning rate
 * @param weightDecay factor of the decay, on every parameter, biases too, as in PyTorch
 * @param goal whether the loss is made small or large
 * @param schedule of the rate
 * @param clipping of the gradient
 */
public record Settings(double rate, double weightDecay, Goal goal, Schedule schedule, Clipping clipping) {

    /** Which way to go. */
    public enum Goal {
        /** Down the gradient. */
        MINIMISE,
        /** Up the gradient. */
        MAXIMISE
    }

    public Settings {
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "Learning rate %s: it is a finite number above 0.%nGive one such as adam(1e-3).".formatted(rate));
        }
        if (!(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "weightDecay(%s): it is a finite number of at least 0.%nGive one such as weightDecay(1e-4)."
                            .formatted(weightDecay));
        }
    }

    /** This rate, and nothing else. */
    static Settings of(double rate) {
        return new Settings(rate, 0, Goal.MINIMISE, new Schedule.Constant(), new Clipping.None());
    }

    Settings rate(double other) {
        return new Settings(other, weightDecay, goal, schedule, clipping);
    }

    Settings weightDecay(double other) {
        return new Settings(rate, other, goal, schedule, clipping);
    }

    Settings maximise() {
        return new Settings(rate, weightDecay, Goal.MAXIMISE, schedule, clipping);
    }

    Settings schedule(Schedule other) {
        return new Settings(rate, weightDecay, goal, other, clipping);
    }

    Settings clipping(Clipping other) {
        return new Settings(rate, weightDecay, goal, schedule, other);
    }

    /** The withers that differ from {@link #of}, as they are typed. */
    String words() {
        return (weightDecay == 0 ? "" : ".weightDecay(" + weightDecay + ")")
                + (goal == Goal.MINIMISE ? "" : ".maximise()")
                + (schedule instanceof Schedule.Constant ? "" : ".schedule(" + schedule + ")")
                + (clipping instanceof Clipping.None ? "" : clipping.toString());
    }
}
