package org.mtl4j.tensor;

/** Engine API. A task's outputs on a {@link Tape}: columns of a node. */
public final class TaskOutput {

    private final HeadsNode node;
    private final int head;

    TaskOutput(HeadsNode node, int head) {
        this.node = node;
        this.head = head;
    }

    int task() {
        return node.task[head];
    }

    /** [batch, stride]: the outputs begin at {@link #column} of each row. */
    public float[] values() {
        return node.value;
    }

    /** The signal of the same layout, to be written by the task's loss. */
    public float[] signal() {
        return node.signal;
    }

    /** The first column. */
    public int column() {
        return node.column[head];
    }

    /** The number of columns. */
    public int width() {
        return node.outputs[head];
    }

    /** The distance of two rows. */
    public int stride() {
        return node.width;
    }
}
