package org.mtl4j.measure;

import java.util.List;
import org.mtl4j.fitted.Metric;

/**
 * What each task gains from training with each other one: gain of task j from task i, for all pairs.
 *
 * @param tasks the tasks, in the order of rows and columns
 * @param entries one per ordered pair that was measured; a pair without one was not
 * @param basis what a gain is the difference of, in words
 */
public record TransferMatrix(List<String> tasks, List<Entry> entries, String basis) {

    /** The basis of gains in pairs. */
    public static final String PAIR = "trained in a pair, minus trained alone";

    /** The basis of gains by leaving one task out. */
    public static final String LEAVE_ONE_OUT = "trained with all tasks, minus trained with all but this one";

    /**
     * The gain of one task from another.
     *
     * @param from the task that helps or harms
     * @param to the task whose score is compared
     * @param metric the score
     * @param gains one per seed, positive is better; finite
     */
    public record Entry(String from, String to, Metric metric, List<Double> gains) {

        public Entry {
            gains = List.copyOf(gains);
        }

        /** The mean gain with its t interval over seeds. */
        public Interval interval() {
            return Interval.of(gains);
        }
    }

    public TransferMatrix {
        tasks = List.copyOf(tasks);
        entries = List.copyOf(entries);
    }
}
