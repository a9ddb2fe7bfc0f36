package org.mtl4j.tensor;

/** A batch of one named input: its value is set from outside, no signal reaches it. */
final class InputNode extends Node {

    InputNode(String name, int width, int tasks) {
        super(name, width, null, false, tasks);
    }

    @Override
    void reserve(int batch, int blocks) {
        // its value is the batch's own array, bound before each pass
    }

    @Override
    void forward(int rows, Pass pass) {
        if (value.length < rows * width) {
            throw new IllegalStateException("Input '%s' holds %d numbers, but %d rows of width %d are asked for."
                    .formatted(name, value.length, rows, width));
        }
    }

    @Override
    void propagate(Layout layout) {
        // nothing is below an input
    }
}
