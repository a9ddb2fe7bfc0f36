package org.mtl4j.optimise;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What all optimisers have.
 *
 * @param rate the base learning rate
 * @param weightDecay factor of the decay, on every parameter, biases too, as in PyTorch
 * @param goal whether the loss is made small or large
 * @param schedule of the rate
 * @param clipping of the gradient
 * @param groups parameters with rates of their own
 * @param accumulate batches a step
 * @param ema the average of the parameters
 */
public record Settings(
        double rate,
        double weightDecay,
        Goal goal,
        Schedule schedule,
        Clipping clipping,
        List<Group> groups,
        int accumulate,
        Ema ema) {

    /** Which way to go. */
    public enum Goal {
        /** Down the gradient. */
        MINIMISE,
        /** Up the gradient. */
        MAXIMISE;

        /** What a gradient is multiplied by. */
        float sign() {
            return this == MINIMISE ? 1f : -1f;
        }
    }

    public Settings {
        groups = List.copyOf(groups);
        requireRate(rate);
        requireDecay(weightDecay);
        if (accumulate < 1) {
            throw new IllegalArgumentException(
                    "accumulate(%d): a step takes at least 1 batch.%nGive the batches of a step: accumulate(4)."
                            .formatted(accumulate));
        }
    }

    static void requireRate(double rate) {
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "Learning rate %s: it is a finite number above 0.%nGive one such as adam(1e-3).".formatted(rate));
        }
    }

    static void requireDecay(double weightDecay) {
        if (!(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "weightDecay(%s): it is a finite number of at least 0.%nGive one such as weightDecay(1e-4)."
                            .formatted(weightDecay));
        }
    }

    /** This rate, and nothing else. */
    static Settings of(double rate) {
        return new Settings(
                rate, 0, Goal.MINIMISE, new Schedule.Constant(), new Clipping.None(), List.of(), 1, Ema.NONE);
    }

    Settings rate(double other) {
        return new Settings(other, weightDecay, goal, schedule, clipping, groups, accumulate, ema);
    }

    Settings weightDecay(double other) {
        return new Settings(rate, other, goal, schedule, clipping, groups, accumulate, ema);
    }

    Settings maximise() {
        return new Settings(rate, weightDecay, Goal.MAXIMISE, schedule, clipping, groups, accumulate, ema);
    }

    /** With another schedule, after the warm-up where there is one. */
    Settings schedule(Schedule other) {
        Schedule warmed = schedule instanceof Schedule.Warmup warmup
                ? new Schedule.Warmup(warmup.steps(), warmup.start(), other)
                : other;
        return new Settings(rate, weightDecay, goal, warmed, clipping, groups, accumulate, ema);
    }

    Settings warmup(int steps, double start) {
        Schedule after = schedule instanceof Schedule.Warmup warmup ? warmup.then() : schedule;
        Schedule warmed = new Schedule.Warmup(steps, start, after);
        return new Settings(rate, weightDecay, goal, warmed, clipping, groups, accumulate, ema);
    }

    Settings clipping(Clipping other) {
        return new Settings(rate, weightDecay, goal, schedule, other, groups, accumulate, ema);
    }

    /** With a group; another of the same prefix is replaced. */
    Settings group(Group group) {
        List<Group> more = new ArrayList<>(groups);
        more.removeIf(each -> each.prefix().equals(group.prefix()));
        more.add(group);
        return new Settings(rate, weightDecay, goal, schedule, clipping, more, accumulate, ema);
    }

    Settings accumulate(int batches) {
        return new Settings(rate, weightDecay, goal, schedule, clipping, groups, batches, ema);
    }

    Settings ema(Ema other) {
        return new Settings(rate, weightDecay, goal, schedule, clipping, groups, accumulate, other);
    }

    /** The withers that differ from {@link #of}, as they are typed. */
    String words() {
        return (weightDecay == 0 ? "" : ".weightDecay(" + weightDecay + ")")
                + (goal == Goal.MINIMISE ? "" : ".maximise()")
                + schedule.words()
                + (clipping instanceof Clipping.None ? "" : clipping.toString())
                + groups.stream().map(Group::toString).collect(Collectors.joining())
                + (accumulate == 1 ? "" : ".accumulate(" + accumulate + ")")
                + ema.words();
    }
}
