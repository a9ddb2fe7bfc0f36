package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, reused: a copy of the batch for each task, one below the other, where a net holds layers that each task has
 * statistics of its own in. Slab t, the rows [t * batch, (t + 1) * batch), is read by the head of task t alone.
 */
final class Slabs {

    private final List<String> tasks;
    /** The labelled rows of each task; null for all. */
    private final int[] @Nullable [] labelled;

    private final int[] count;
    private boolean[] counted = new boolean[0];
    private int batch;

    /** Slabs of these tasks. */
    Slabs(List<String> tasks) {
        this.tasks = List.copyOf(tasks);
        labelled = new int[tasks.size()][];
        count = new int[tasks.size()];
    }

    /** The names of the tasks. */
    List<String> tasks() {
        return tasks;
    }

    /** The number of slabs. */
    int size() {
        return tasks.size();
    }

    /** Says which rows of the next batch carry a label of a task. @param rows the first {@code n}; kept, not copied. */
    void labels(int task, int[] rows, int n) {
        labelled[task] = rows;
        count[task] = n;
    }

    /** Begins a pass over a batch of this many rows. */
    void begin(int rows) {
        batch = rows;
        if (counted.length < rows * size()) {
            counted = new boolean[rows * size()];
        }
        for (int t = 0; t < size(); t++) {
            int from = t * batch;
            int[] some = labelled[t];
            Arrays.fill(counted, from, from + batch, some == null);
            for (int r = 0; some != null && r < count[t]; r++) {
                counted[from + some[r]] = true;
            }
        }
    }

    /** The rows of one slab. */
    int batch() {
        return batch;
    }

    /** Whether a row, of all slabs, carries a label of its slab's task. */
    boolean counts(int row) {
        return counted[row];
    }
}
