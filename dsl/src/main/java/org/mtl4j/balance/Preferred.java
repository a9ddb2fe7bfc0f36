package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How much each task counts in a method that takes a preference vector.
 *
 * @param word the method's word: {@code upgrad()}
 * @param numbers by task name: of every task, or of none; finite, at least 0, not all 0
 */
record Preferred(String word, Map<String, Double> numbers) {

    Preferred {
        numbers = keyed(word, numbers).numbers();
    }

    private static Keyed keyed(String word, Map<String, Double> numbers) {
        String example = "Give what it counts beside the others: %s.with(\"%%s\", 0.5).".formatted(word);
        return new Keyed(word, "preference", example, numbers);
    }

    Map<String, Double> with(String task, double preference) {
        return keyed(word, numbers).with(task, preference).numbers();
    }

    Map<String, Double> restrictTo(List<String> tasks) {
        return keyed(word, numbers).restrictTo(tasks).numbers();
    }

    /**
     * The preferences of these tasks, in their order.
     *
     * @param alike that of each, where none is given
     * @throws IllegalArgumentException if only some have one, or all of them are 0
     */
    double[] of(List<String> tasks, double alike) {
        if (numbers.isEmpty()) {
            double[] values = new double[tasks.size()];
            Arrays.fill(values, alike);
            return values;
        }
        double[] values = keyed(word, numbers).of(tasks);
        for (double value : values) {
            if (value > 0) {
                return values;
            }
        }
        throw new IllegalArgumentException(
                "%s: the preferences of %s are all 0, so no task would be trained.%nGive at least one of them a preference above 0."
                        .formatted(word, tasks));
    }

    /**
     * The preferences of the tasks that were gathered.
     *
     * @param all those of all tasks
     * @param alike that of each, where none is given
     * @param into its first n are overwritten
     */
    void gather(Labelled labelled, double[] all, int n, double alike, double[] into) {
        if (numbers.isEmpty()) {
            Arrays.fill(into, 0, n, alike);
        } else {
            labelled.pick(all, into);
        }
    }

    /** {@code .with("income", 0.7).with("age", 0.3)}. */
    String withers() {
        return keyed(word, numbers).withers();
    }
}
