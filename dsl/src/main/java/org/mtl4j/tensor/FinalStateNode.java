package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;

/** A {@link FinalState} of a recurrent node. */
final class FinalStateNode extends BlockNode {

    private final FinalState kind;
    private final RecurrentNode below;
    private final int directions;
    private final int state;

    FinalStateNode(String name, FinalState kind, RecurrentNode input, Parameters parameters, int tasks) {
        super(name, kind, new Shape.Vector(input.features()), List.of(input), parameters, 0, tasks);
        Recurrent spec = (Recurrent) input.spec();
        this.kind = kind;
        this.below = input;
        this.directions = spec.direction().count();
        this.state = spec.width();
        if (kind == FinalState.CELL) {
            input.readCells();
        }
    }

    /** Where a row's last hidden state of a direction lies within the row. */
    private int at(int direction, int length) {
        return (direction == 0 ? length - 1 : 0) * width + direction * state;
    }

    @Override
    void forward(int rows, Pass pass) {
        Arrays.fill(value, 0, rows * width, 0f);
        for (int r = 0; r < rows; r++) {
            int length = below.lengthOf(r);
            for (int d = 0; d < directions && length > 0; d++) {
                int to = r * width + d * state;
                if (kind == FinalState.CELL) {
                    below.lastCell(r, d, value, to);
                } else {
                    System.arraycopy(below.value, r * below.width + at(d, length), value, to, state);
                }
            }
        }
    }

    @Override
    void propagate(Block block) {
        for (int r = 0; r < block.rows(); r++) {
            int length = below.lengthOf(block.batchRow(r));
            if (length == 0) {
                continue;
            }
            if (kind == FinalState.CELL) {
                int to = block.belowAt(0, r) / below.width * width;
                Rows.addScaled(1f, signal, block.signalAt(r), below.cellSignal(), to, width);
                continue;
            }
            for (int d = 0; d < directions; d++) {
                int to = block.belowAt(0, r) + at(d, length);
                Rows.addScaled(1f, signal, block.signalAt(r) + d * state, block.below(0), to, state);
            }
        }
    }

    @Override
    void gradient(Block at, float[] into, int intoOff) {
        // it has no parameters
    }
}
