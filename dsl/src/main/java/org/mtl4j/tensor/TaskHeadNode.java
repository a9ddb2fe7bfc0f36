package org.mtl4j.tensor;

import java.util.List;

/** The outputs of one task alone. */
abstract class TaskHeadNode extends OutputNode {

    final TaskHead head;
    private float[] packed = new float[0];

    TaskHeadNode(Shape shape, List<Node> inputs, TaskHead head, int tasks) {
        super(head.name(), shape, inputs, tasks);
        this.head = head;
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        packed = new float[batch * width];
    }

    /** The block that the task's signal goes down in. */
    final int block(Layout layout) {
        return layout.isCombined() ? 0 : head.task();
    }

    /** The signal of the rows of that block, one below the other: of the labelled rows only, where not all are. */
    final float[] signalOf(Layout layout) {
        int[] index = layout.index(block(layout));
        if (index == null) {
            return signal;
        }
        Rows.gather(signal, width, index, layout.rows(block(layout)), packed, 0);
        return packed;
    }

    @Override
    final void scale(int rows, double[] weights) {
        float w = (float) weights[head.task()];
        if (w != 1f) {
            Rows.scaled(w, signal, 0, signal, 0, rows * width);
        }
    }
}
