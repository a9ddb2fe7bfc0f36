package org.mtl4j.tensor;

import java.util.List;

/** y = f(x) as a layer of its own: over the features of a row, or of a place of a series, where f is not elementwise. */
final class ActivationNode extends BlockNode {

    private final Activation f;
    private final int places;
    private final int features;
    private float[] scratch = new float[0];

    ActivationNode(String name, Activation f, Node input, Parameters parameters, int tasks) {
        super(name, f, input.shape, List.of(input), parameters, 0, tasks);
        if (shape instanceof Shape.Image) {
            Bias.requireElementwise("Layer '" + name + "' on " + Shapes.words(shape), f);
        }
        this.f = f;
        this.places = shape instanceof Shape.Image ? 1 : shape.positions();
        this.features = width / places;
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        scratch = new float[signal.length];
    }

    @Override
    void forward(int rows, Pass pass) {
        f.forward(below().value, value, rows * places, features);
    }

    @Override
    void propagate(Block block) {
        if (!block.needs(0)) {
            return;
        }
        int from = block.signalAt(0);
        int rows = block.rows();
        f.backward(below().value, value, block.index(), rows, places, features, signal, from, scratch);
        Rows.addScaled(1f, signal, from, block.below(0), block.belowAt(0, 0), rows * width);
    }

    @Override
    void gradient(Block at, float[] into, int intoOff) {
        // it has no parameters
    }
}
