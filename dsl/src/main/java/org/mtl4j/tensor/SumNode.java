package org.mtl4j.tensor;

import java.util.List;

/** A {@link Sum}. */
final class SumNode extends BlockNode {

    SumNode(String name, List<Node> inputs, Parameters parameters, int tasks) {
        super(name, new Sum(), inputs.get(0).shape, inputs, parameters, 0, tasks);
    }

    @Override
    void forward(int rows, Pass pass) {
        System.arraycopy(inputs.get(0).value, 0, value, 0, rows * width);
        for (int i = 1; i < inputs.size(); i++) {
            Rows.addScaled(1f, inputs.get(i).value, 0, value, 0, rows * width);
        }
    }

    @Override
    void propagate(Block block) {
        for (int i = 0; i < inputs.size(); i++) {
            if (block.needs(i)) {
                Rows.addScaled(
                        1f, signal, block.signalAt(0), block.below(i), block.belowAt(i, 0), block.rows() * width);
            }
        }
    }

    @Override
    void gradient(Block at, float[] into, int intoOff) {
        // it has no parameters
    }
}
