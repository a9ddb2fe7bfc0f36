package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.mtl4j.task.Task;

/**
 * Weights by epoch, keyed by task: task i joins in its epoch s_i and weighs w_i(e) = min(1, (e - s_i + 1) / ramp) from then
 * on, 0 before. With a ramp of 1 epoch it weighs 1 at once; a longer one brings it in little by little.
 *
 * <p>A task for which no epoch is given is there from the first, epoch 0; some task must be. A task without labels in the
 * batch gets its weight like any other: it is a factor on a loss of 0.
 *
 * <p>Cost: nothing beyond the losses.
 *
 * @param starts s by task name, whole numbers of at least 0; 0 for a task that has none
 * @param ramp the epochs until a task counts in full, at least 1
 */
public record Curriculum(Map<String, Double> starts, int ramp) implements Balancer {

    /** The ramp where none is given. */
    public static final int DEFAULT_RAMP = 1;

    public Curriculum {
        starts = keyed(starts).numbers();
        starts.forEach((task, epoch) -> {
            if (epoch != Math.rint(epoch)) {
                throw new IllegalArgumentException(
                        "curriculum(): the first epoch %s of task '%s' is no whole number.%nA task joins at the beginning of an epoch: give 0, 1, 2 or so on."
                                .formatted(epoch, task));
            }
        });
        if (ramp < 1) {
            throw new IllegalArgumentException(
                    "curriculum().ramp(%d): it is a number of epochs, at least 1.%nGive 1 for tasks that count in full at once."
                            .formatted(ramp));
        }
    }

    private static Keyed keyed(Map<String, Double> starts) {
        return new Keyed(
                "curriculum()",
                "first epoch",
                "Give the epoch it joins in, from 0: curriculum().from(\"%s\", 3).",
                starts);
    }

    /** This balancer with one more task that joins later. @param epoch from 0. */
    public Curriculum from(Task<?> task, int epoch) {
        return from(task.name(), epoch);
    }

    /** This balancer with one more task that joins later, by task name. @param epoch from 0. */
    public Curriculum from(String task, int epoch) {
        return new Curriculum(keyed(starts).with(task, epoch).numbers(), ramp);
    }

    /** This balancer with tasks that take so many epochs to count in full. */
    public Curriculum ramp(int epochs) {
        return new Curriculum(starts, epochs);
    }

    @Override
    public Curriculum restrictTo(List<String> tasks) {
        return new Curriculum(keyed(starts).restrictTo(tasks).numbers(), ramp);
    }

    @Override
    public Needs needs() {
        return Needs.LOSSES;
    }

    @Override
    public Weighting start(List<String> tasks) {
        double[] first = keyed(starts).orZero(tasks);
        if (Arrays.stream(first).allMatch(epoch -> epoch > 0)) {
            throw new IllegalArgumentException(
                    "curriculum(): none of %s is there in epoch 0, so nothing would be trained in it.%nLet one of them begin with it: leave its from(..) out."
                            .formatted(tasks));
        }
        return (step, weights) -> {
            for (int t = 0; t < weights.length; t++) {
                weights[t] = Math.max(0, Math.min(1, (step.epoch() - first[t] + 1) / ramp));
            }
        };
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder("curriculum()");
        starts.forEach((task, epoch) -> line.append(".from(\"")
                .append(task)
                .append("\", ")
                .append(epoch.intValue())
                .append(')'));
        return line + (ramp == DEFAULT_RAMP ? "" : ".ramp(" + ramp + ")");
    }
}
