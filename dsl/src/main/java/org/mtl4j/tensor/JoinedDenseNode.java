package org.mtl4j.tensor;

import java.util.List;

/**
 * A {@link JoinedDense}: a product for each input with its own rows of W, so that nothing is copied side by side.
 *
 * <p>dW_i = x_i^T s, db = sum of s, dx_i = s W_i^T, with s the signal after f's derivative.
 */
final class JoinedDenseNode extends BlockNode {

    final int in;
    private final Activation activation;
    private final int places;
    private final int out;
    private final Affine[] parts;
    /** Where W_i begins after the first parameter. */
    private final int[] part;

    private float[] preActivation = new float[0];
    private float[] scratch = new float[0];

    JoinedDenseNode(String name, JoinedDense layer, List<Node> inputs, Parameters parameters, int tasks) {
        super(name, layer, shape(name, inputs, layer.width()), inputs, parameters, size(inputs, layer), tasks);
        this.activation = layer.activation();
        this.places = shape.positions();
        this.out = layer.width();
        this.parts = new Affine[inputs.size()];
        this.part = new int[inputs.size()];
        int rows = 0;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new Affine(inputs.get(i).features(), out);
            part[i] = rows * out;
            rows += inputs.get(i).features();
        }
        this.in = rows;
        parameters.name(name + ".weight", in, out, first, out);
        parameters.name(name + ".bias", 1, out, first + in * out, out);
    }

    private static int size(List<Node> inputs, JoinedDense layer) {
        return (inputs.stream().mapToInt(Node::features).sum() + 1) * layer.width();
    }

    private static Shape shape(String name, List<Node> inputs, int width) {
        Shape shape = inputs.get(0).shape;
        for (Node input : inputs) {
            boolean alike = input.shape.positions() == shape.positions()
                    && input.shape.getClass().equals(shape.getClass())
                    && !(input.shape instanceof Shape.Image);
            if (!alike) {
                throw new IllegalArgumentException(
                        "Layer '%s': it joins features of the same places, but '%s' has the shape %s and '%s' %s.%nGive a readout to each first, so that all are vectors."
                                .formatted(name, inputs.get(0).name, shape, input.name, input.shape));
            }
        }
        return shape instanceof Shape.Series series
                ? new Shape.Series(series.length(), width)
                : new Shape.Vector(width);
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        preActivation = new float[activation.needsInput() ? batch * width : 0];
        scratch = new float[signal.length];
        for (Affine each : parts) {
            each.reserve(batch * places);
        }
    }

    @Override
    void forward(int rows, Pass pass) {
        float[] p = parameters.values();
        int n = rows * places;
        Rows.fill(value, n, out, p, first + in * out);
        for (int i = 0; i < parts.length; i++) {
            parts[i].product(n, inputs.get(i).value, p, first + part[i], 1f, value);
        }
        if (activation.needsInput()) {
            System.arraycopy(value, 0, preActivation, 0, n * out);
        }
        activation.forward(value, value, n, out);
    }

    @Override
    void propagate(Block block) {
        int at = block.signalAt(0);
        activation.backward(preActivation, value, block.index(), block.rows(), places, out, signal, at, scratch);
        float[] p = parameters.values();
        int n = block.rows() * places;
        for (int i = 0; i < parts.length; i++) {
            if (block.needs(i)) {
                parts[i].toInput(n, signal, at, p, first + part[i], 1f, block.below(i), block.belowAt(i, 0));
            }
        }
    }

    @Override
    void gradient(Block block, float[] into, int intoOff) {
        int n = block.rows() * places;
        for (int i = 0; i < parts.length; i++) {
            float[] x = parts[i].rowsOf(block, inputs.get(i).value, places);
            parts[i].gradient(n, x, signal, block.signalAt(0), into, intoOff + part[i]);
        }
        parts[0].biasGradient(n, signal, block.signalAt(0), into, intoOff + in * out);
    }
}
