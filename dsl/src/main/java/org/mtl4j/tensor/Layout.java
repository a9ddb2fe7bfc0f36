package org.mtl4j.tensor;

import org.jspecify.annotations.Nullable;

/**
 * Engine API, mutable, reused. How the rows of a signal lie: one block of all batch rows, or one block per task that
 * holds only the rows with its label, stacked.
 */
public final class Layout {

    private final int[] rows;
    private final int[] start;
    private final int[] @Nullable [] index;
    private int blocks;
    private int batch;
    private boolean combined;
    private boolean allRows;
    private int copies = 1;
    /** Where the batch has a copy for each task, the labelled rows of a task's own. */
    private final int[][] shifted;

    /** Room for this many tasks. */
    public Layout(int tasks) {
        rows = new int[tasks];
        start = new int[tasks + 1];
        index = new int[tasks][];
        shifted = new int[tasks][0];
    }

    /** One block of all rows: the signals of all tasks are summed. */
    public void combine(int batchRows) {
        batch = batchRows;
        blocks = 1;
        combined = true;
        rows[0] = batchRows;
        index[0] = null;
        start[1] = batchRows;
    }

    /**
     * One block per task follows; call {@link #block} for each.
     *
     * @param everyRow whether a block with a label holds all rows, not only those with one
     * @param slabs how many copies of the batch the rows are: 1, or one for each task
     */
    void stack(int batchRows, boolean everyRow, int slabs) {
        copies = slabs;
        allRows = everyRow;
        batch = batchRows;
        blocks = rows.length;
        combined = false;
    }

    /** The block of a task. @param labelledRows the batch rows with its label, ascending; the first {@code count}. */
    public void block(int task, int[] labelledRows, int count) {
        int held = allRows && count > 0 ? batch : count;
        rows[task] = held;
        index[task] = copies > 1 ? shift(task, labelledRows, count) : held == batch ? null : labelledRows;
        start[task + 1] = start[task] + held;
    }

    private int[] shift(int task, int[] labelledRows, int count) {
        int slab = batch / copies;
        if (shifted[task].length < slab) {
            shifted[task] = new int[slab];
        }
        for (int r = 0; r < count; r++) {
            shifted[task][r] = task * slab + labelledRows[r];
        }
        return shifted[task];
    }

    int blocks() {
        return blocks;
    }

    int batch() {
        return batch;
    }

    boolean isCombined() {
        return combined;
    }

    int rows(int block) {
        return rows[block];
    }

    int start(int block) {
        return start[block];
    }

    int total() {
        return start[blocks];
    }

    /** The batch row of each row of a block; null if they are the same. */
    int @Nullable [] index(int block) {
        return index[block];
    }
}
