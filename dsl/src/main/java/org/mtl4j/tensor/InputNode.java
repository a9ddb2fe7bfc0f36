package org.mtl4j.tensor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch of one named input: its value is set from outside, no signal reaches it. */
final class InputNode extends Node {

    InputNode(String name, Shape shape, int tasks) {
        super(name, shape, shape.inputSize(), List.of(), false, tasks);
    }

    @Override
    @Nullable
    InputNode lengths() {
        return width == shape.size() ? null : this;
    }

    /** How many places of a row count. */
    int length(int row) {
        return (int) value[row * width];
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
