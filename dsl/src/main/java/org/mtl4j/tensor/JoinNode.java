package org.mtl4j.tensor;

import java.util.List;

/** {@link Join}. */
final class JoinNode extends BlockNode {

    private final Join kind;
    /** Places of a row at which features of all inputs are laid next to each other; 1 for an image, whose channels are planes. */
    private final int places;

    JoinNode(String name, Join kind, Shape shape, List<Node> inputs, Parameters parameters, int tasks) {
        super(name, kind, shape, inputs, parameters, 0, tasks);
        this.kind = kind;
        this.places = shape instanceof Shape.Image ? 1 : shape.positions();
    }

    @Override
    void forward(int rows, Pass pass) {
        if (kind == Join.CONCATENATE) {
            concatenate(rows);
            return;
        }
        int n = rows * width;
        System.arraycopy(inputs.get(0).value, 0, value, 0, n);
        for (int i = 1; i < inputs.size(); i++) {
            float[] x = inputs.get(i).value;
            for (int k = 0; k < n; k++) {
                value[k] *= x[k];
            }
        }
    }

    private void concatenate(int rows) {
        int total = width / places;
        int column = 0;
        for (int i = 0; i < inputs.size(); i++) {
            Node input = inputs.get(i);
            int each = input.width / places;
            for (int p = 0; p < rows * places; p++) {
                System.arraycopy(input.value, p * each, value, p * total + column, each);
            }
            column += each;
        }
    }

    @Override
    void propagate(Block block) {
        int column = 0;
        for (int i = 0; i < inputs.size(); i++) {
            int each = inputs.get(i).width / places;
            if (block.needs(i)) {
                switch (kind) {
                    case MULTIPLY -> multiply(block, i);
                    case CONCATENATE -> take(block, i, column, each);
                }
            }
            column += each;
        }
    }

    /** Adds the signal times all other inputs. */
    private void multiply(Block block, int i) {
        float[] below = block.below(i);
        for (int r = 0; r < block.rows(); r++) {
            int from = block.signalAt(r);
            int to = block.belowAt(i, r);
            int row = block.batchRow(r) * width;
            for (int k = 0; k < width; k++) {
                float product = signal[from + k];
                for (int other = 0; other < inputs.size(); other++) {
                    product *= other == i ? 1f : inputs.get(other).value[row + k];
                }
                below[to + k] += product;
            }
        }
    }

    private void take(Block block, int i, int column, int each) {
        int total = width / places;
        int from = block.signalAt(0) + column;
        int to = block.belowAt(i, 0);
        for (int p = 0; p < block.rows() * places; p++) {
            Rows.addScaled(1f, signal, from + p * total, block.below(i), to + p * each, each);
        }
    }

    @Override
    void gradient(Block at, float[] into, int intoOff) {
        // it has no parameters
    }
}
