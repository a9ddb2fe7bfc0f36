package org.mtl4j.study;

import java.util.Locale;
import org.mtl4j.data.Split;
import org.mtl4j.data.Target;
import org.mtl4j.task.Task;

/**
 * How many labelled training rows one task has.
 *
 * @param task the task's name; empty for all tasks
 * @param rows that number; 0 for all labels there are
 */
public record LabelCount(String task, int rows) {

    /** All labels of all tasks. */
    public static final LabelCount ALL = new LabelCount("", 0);

    /** Whether no label is taken away. */
    public boolean isAll() {
        return rows == 0;
    }

    /** The split with so many labels of that task in its training part. */
    Split of(Split split, Iterable<Task<?>> tasks) {
        for (Target<?> each : tasks) {
            if (!isAll() && each.name().equals(task)) {
                return split.labels(each, rows);
            }
        }
        return split;
    }

    /** {@code 300 of casual}, or {@code all}. */
    @Override
    public String toString() {
        return isAll() ? "all" : String.format(Locale.ROOT, "%,d of %s", rows, task);
    }
}
