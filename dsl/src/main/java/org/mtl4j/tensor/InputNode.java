package org.mtl4j.tensor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch of one named input: its value is set from outside, no signal reaches it. */
final class InputNode extends Node {

    private final Tape tape;
    private float[] bound = new float[0];
    private float[] repeated = new float[0];

    InputNode(String name, Shape shape, Tape tape) {
        super(name, shape, shape.inputSize(), List.of(), false, tape.tasks());
        this.tape = tape;
    }

    /** Takes the array that the passes that follow read. */
    void bind(float[] values) {
        bound = values;
        value = values;
    }

    @Override
    @Nullable
    InputNode seekLengths() {
        return width == shape.size() ? null : this;
    }

    /** How many places of a row count. */
    int length(int row) {
        return (int) value[row * width];
    }

    @Override
    void reserve(int batch, int blocks) {
        // its value is the batch's own array, bound before each pass, unless that is repeated
        repeated = new float[tape.slabs() == null ? 0 : batch * width];
    }

    @Override
    void tell(TapeReader reader) {
        reader.input(this);
    }

    @Override
    void forward(int rows, Pass pass) {
        Slabs slabs = tape.slabs();
        int batch = slabs == null ? rows : slabs.batch();
        if (bound.length < batch * width) {
            throw new IllegalStateException("Input '%s' holds %d numbers, but %d rows of width %d are asked for."
                    .formatted(name, bound.length, batch, width));
        }
        if (slabs != null) {
            for (int t = 0; t < slabs.size(); t++) {
                System.arraycopy(bound, 0, repeated, t * batch * width, batch * width);
            }
            value = repeated;
        }
    }

    @Override
    void propagate(Layout layout) {
        // nothing is below an input
    }
}
