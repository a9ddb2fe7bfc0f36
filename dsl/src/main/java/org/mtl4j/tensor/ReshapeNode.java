package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;

/** {@link Reshape}: a copy. */
final class ReshapeNode extends BlockNode {

    ReshapeNode(String name, Reshape spec, Node input, Parameters parameters, int tasks) {
        super(name, spec, spec.shape(), List.of(input), parameters, 0, tasks);
    }

    /** The numbers of a row that are its own. */
    private int own(int row) {
        return below().placesOf(row) * below().features();
    }

    @Override
    void forward(int rows, Pass pass) {
        for (int r = 0; r < rows; r++) {
            int n = own(r);
            System.arraycopy(below().value, r * width, value, r * width, n);
            Arrays.fill(value, r * width + n, (r + 1) * width, 0f);
        }
    }

    @Override
    void propagate(Block block) {
        for (int r = 0; block.needs(0) && r < block.rows(); r++) {
            int n = own(block.batchRow(r));
            Rows.addScaled(1f, signal, block.signalAt(r), block.below(0), block.belowAt(0, r), n);
        }
    }

    @Override
    void gradient(Block at, float[] into, int intoOff) {
        // it has no parameters
    }
}
