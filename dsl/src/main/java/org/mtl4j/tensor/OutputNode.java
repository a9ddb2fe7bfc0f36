package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * The outputs of one or more tasks. Losses write their signals, [batch, width], with 0 at what has no label.
 *
 * <p>Its signal has no blocks: each number belongs to one task.
 */
abstract class OutputNode extends Node {

    OutputNode(String name, Shape shape, Node input, int tasks) {
        this(name, shape, List.of(input), tasks);
    }

    OutputNode(String name, Shape shape, List<Node> inputs, int tasks) {
        super(name, shape, shape.size(), inputs, true, tasks);
    }

    @Override
    int signalRows(int batch, int blocks) {
        return batch;
    }

    /** Zeroes the signals, before the losses write theirs. */
    final void clear(int rows) {
        Arrays.fill(signal, 0, rows * width, 0f);
    }

    /** Multiplies each task's signal by its weight. @param weights [tasks]. */
    abstract void scale(int rows, double[] weights);

    /** Writes the gradient of its parameters from the signals. */
    abstract void gradient(int rows);
}
