package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * The outputs of one or more tasks. Losses write their signals, [batch, width], with 0 at what has no label.
 *
 * <p>Its signal has no blocks: each number belongs to one task.
 */
abstract class OutputNode extends Node {

    private float[] kept = new float[0];

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

    /** Keeps the signals, for {@link #takeBack} after they were scaled. */
    final void keep(int rows) {
        if (kept.length < signal.length) {
            kept = new float[signal.length];
        }
        System.arraycopy(signal, 0, kept, 0, rows * width);
    }

    /** Makes the signals what they were at {@link #keep}. */
    final void takeBack(int rows) {
        System.arraycopy(kept, 0, signal, 0, rows * width);
    }

    /** Writes the gradient of its parameters from the signals. */
    abstract void gradient(int rows);
}
