package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * An {@link OwnLayer} on a tape. It is not known to treat rows one by one, so it never sees a stack of signals: each task's
 * block is spread over all rows of the batch, 0 at rows without a label, and taken back by a pass of its own.
 */
final class OwnNode extends LayerNode {

    private final OwnLayer layer;
    private final int in;
    private float[] spread = new float[0];
    private float[] below = new float[0];

    OwnNode(String name, Node input, OwnLayer layer, Parameters parameters, int tasks) {
        super(name, new Shape.Vector(layer.width()), List.of(input), parameters, size(layer), tasks);
        this.layer = layer;
        this.in = input.width;
        int at = first;
        for (OwnLayer.Shape shape : layer.shapes()) {
            parameters.name(name + "." + shape.name(), shape.rows(), shape.columns(), at, shape.columns());
            at += shape.size();
        }
    }

    private static int size(OwnLayer layer) {
        return layer.shapes().stream().mapToInt(OwnLayer.Shape::size).sum();
    }

    OwnLayer layer() {
        return layer;
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        spread = new float[batch * width];
        below = new float[below().differentiable ? batch * in : 0];
    }

    @Override
    void tell(TapeReader reader) {
        reader.own(this, below(), layer);
    }

    @Override
    void forward(int rows, Pass pass) {
        layer.forward(below().value, rows, parameters.values(), first, value);
    }

    @Override
    void propagate(Layout layout) {
        if (!below().differentiable) {
            return;
        }
        for (int block = 0; block < layout.blocks(); block++) {
            if (carries(layout, block) && layout.rows(block) > 0) {
                propagate(layout, block, below());
            }
        }
    }

    private void propagate(Layout layout, int block, Node input) {
        int[] index = layout.index(block);
        spread(layout, block);
        layer.inputGradient(input.value, layout.batch(), parameters.values(), first, spread, below);
        float beta = input.claim(block);
        int to = input.row(layout, block) * in;
        for (int r = 0; r < layout.rows(block); r++) {
            int from = (index == null ? r : index[r]) * in;
            for (int c = 0; c < in; c++, to++) {
                input.signal[to] = (beta == 0f ? 0f : input.signal[to]) + below[from + c];
            }
        }
    }

    /** Lays a block's signal at its rows of the batch; all others hold 0. */
    private void spread(Layout layout, int block) {
        int[] index = layout.index(block);
        int from = row(layout, block) * width;
        if (index == null) {
            System.arraycopy(signal, from, spread, 0, layout.batch() * width);
            return;
        }
        Arrays.fill(spread, 0, layout.batch() * width, 0f);
        for (int r = 0; r < layout.rows(block); r++) {
            System.arraycopy(signal, from + r * width, spread, index[r] * width, width);
        }
    }

    @Override
    void gradient(Layout combined) {
        layer.gradient(
                below().value, combined.batch(), parameters.values(), first, signal, parameters.gradient(), first);
    }

    @Override
    void taskGradient(Layout layout, int task, float[] into, int intoOff) {
        if (layout.rows(task) == 0) {
            Arrays.fill(into, intoOff, intoOff + size, 0f);
            return;
        }
        spread(layout, task);
        layer.gradient(below().value, layout.batch(), parameters.values(), first, spread, into, intoOff);
    }
}
