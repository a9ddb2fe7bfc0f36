package org.mtl4j.tensor;

/**
 * Engine API. A task's outputs on a {@link Tape}: columns of a node; with several places a row, an output vector at each.
 *
 * <p>The outputs at place p of row r begin at {@code (r * places + p) * stride + column}.
 */
public final class TaskOutput {

    private final OutputNode node;
    private final TaskHead head;
    private final int column;
    private final int stride;
    private final int places;
    private final Tape tape;

    TaskOutput(OutputNode node, TaskHead head, int column, int stride, int places, Tape tape) {
        this.node = node;
        this.head = head;
        this.column = column;
        this.stride = stride;
        this.places = places;
        this.tape = tape;
    }

    int task() {
        return head.task();
    }

    /** [batch, places, stride]: the outputs begin at {@link #column} of each row. */
    public float[] values() {
        return node.value;
    }

    /** The signal of the same layout, to be written by the task's loss. */
    public float[] signal() {
        return node.signal;
    }

    /** The shape of what its head reads, of several the first: of an image, its places are the cells of that. */
    public Shape reads() {
        return node.inputs.get(0).shape();
    }

    /** The first column; where layers keep the tasks of the net apart, in the first row of the last pass that is this task's. */
    public int column() {
        Slabs slabs = tape.slabs();
        return slabs == null ? column : head.task() * slabs.batch() * places * stride + column;
    }

    /** The number of columns. */
    public int width() {
        return head.outputs();
    }

    /** The distance of two places, or of two rows where a row is one place. */
    public int stride() {
        return stride;
    }

    /** Places of a row: 1 where the task has one answer a row. */
    public int places() {
        return places;
    }
}
