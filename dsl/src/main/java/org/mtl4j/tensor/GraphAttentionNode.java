package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * A {@link GraphAttention}: one product for all nodes and heads of the batch, then {@link AttentionEdges} along the edges.
 *
 * <p>dW = X^T dz, dX = dz W^T, db = sum of s over nodes, with s the signal after f's derivative.
 */
final class GraphAttentionNode extends BlockNode {

    final int in;
    private final GraphAttention layer;
    private final int nodes;
    private final int z;
    private final Edges edges;
    private final Affine products;
    private final Affine outputs;
    private final AttentionEdges attention;
    private final int source;
    private final int target;
    private final int bias;

    private float[] projected = new float[0];
    /** dL/dz by slot, [slots, nodes, heads * width]. */
    private float[] projectedSignal = new float[0];

    private float[] preActivation = new float[0];
    private float[] scratch = new float[0];

    GraphAttentionNode(String name, GraphAttention layer, Node input, Parameters parameters, int tasks) {
        super(
                name,
                layer,
                new Shape.Series(input.shape.positions(), layer.outputs()),
                List.of(input),
                parameters,
                (input.features() + 2) * layer.heads() * layer.width() + layer.outputs(),
                tasks);
        this.layer = layer;
        this.edges = Edges.between(name, input);
        this.nodes = edges.mostNodes();
        this.in = input.features();
        this.z = layer.heads() * layer.width();
        this.source = first + in * z;
        this.target = source + z;
        this.bias = target + z;
        this.products = new Affine(in, z);
        this.outputs = new Affine(1, layer.outputs());
        this.attention = new AttentionEdges(layer, edges);
        parameters.name(name + ".weight", in, z, first, z);
        parameters.name(name + ".att_src", layer.heads(), layer.width(), source, layer.width());
        parameters.name(name + ".att_dst", layer.heads(), layer.width(), target, layer.width());
        parameters.name(name + ".bias", 1, layer.outputs(), bias, layer.outputs());
    }

    AttentionEdges attention() {
        return attention;
    }

    int source() {
        return source;
    }

    int bias() {
        return bias;
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        int slots = signalRows(batch, blocks);
        projected = new float[batch * nodes * z];
        projectedSignal = new float[slots * nodes * z];
        preActivation = new float[layer.activation().needsInput() ? batch * width : 0];
        scratch = new float[signal.length];
        products.reserve(batch * nodes);
        outputs.reserve(batch * nodes);
        attention.reserve(batch, slots);
    }

    @Override
    void forward(int rows, Pass pass) {
        float[] p = parameters.values();
        int n = rows * nodes;
        products.product(n, below().value, p, first, 0f, projected);
        Rows.fill(value, n, layer.outputs(), p, bias);
        for (int row = 0; row < rows; row++) {
            attention.forward(row, projected, p, source, target, value);
        }
        if (layer.activation().needsInput()) {
            System.arraycopy(value, 0, preActivation, 0, rows * width);
        }
        layer.activation().forward(value, value, n, layer.outputs());
    }

    @Override
    void propagate(Block block) {
        int at = block.signalAt(0);
        layer.activation()
                .backward(
                        preActivation, value, block.index(), block.rows(), nodes, layer.outputs(), signal, at, scratch);
        int from = block.slot(0) * nodes * z;
        Arrays.fill(projectedSignal, from, from + block.rows() * nodes * z, 0f);
        float[] p = parameters.values();
        for (int r = 0; r < block.rows(); r++) {
            attention.backward(block.batchRow(r), block.slot(r), projected, p, source, target, signal, projectedSignal);
        }
        if (block.needs(0)) {
            int n = block.rows() * nodes;
            products.toInput(n, projectedSignal, from, p, first, 1f, block.below(0), block.belowAt(0, 0));
        }
    }

    @Override
    void gradient(Block block, float[] into, int intoOff) {
        int n = block.rows() * nodes;
        float[] x = products.rowsOf(block, below().value, nodes);
        products.gradient(n, x, projectedSignal, block.slot(0) * nodes * z, into, intoOff);
        for (int r = 0; r < block.rows(); r++) {
            int shift = intoOff - first;
            attention.gradient(block.batchRow(r), block.slot(r), projected, into, source + shift, target + shift);
        }
        outputs.biasGradient(n, signal, block.signalAt(0), into, intoOff + bias - first);
    }
}
