package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * A {@link GraphConvolution}: the neighbours are summed first, so that one product over all nodes of the batch follows, the
 * sums serve all blocks, and nothing but that product's gradient is needed where nothing lies below.
 *
 * <p>With M = D^-1/2 (A + I) D^-1/2: dW = (M X)^T s, db = sum of s over nodes, dX = M^T (s W^T), with s the signal after f's
 * derivative.
 */
final class GraphConvolutionNode extends BlockNode {

    private final Activation activation;
    private final Edges edges;
    private final int nodes;
    private final int in;
    private final int out;
    private final Affine affine;
    /** 1 / sqrt(D_ii), [batch, nodes]. */
    private float[] root = new float[0];
    /** M X, [batch, nodes, in]. */
    private float[] mixed = new float[0];

    private float[] preActivation = new float[0];
    private float[] scratch = new float[0];
    private float[] unmixed = new float[0];

    GraphConvolutionNode(String name, GraphConvolution layer, Node input, Parameters parameters, int tasks) {
        super(
                name,
                layer,
                new Shape.Series(input.shape.positions(), layer.width()),
                List.of(input),
                parameters,
                (input.features() + 1) * layer.width(),
                tasks);
        this.activation = layer.activation();
        this.edges = Edges.between(name, input);
        this.nodes = edges.mostNodes();
        this.in = input.features();
        this.out = layer.width();
        this.affine = new Affine(in, out);
        parameters.name(name + ".weight", in, out, first, out);
        parameters.name(name + ".bias", 1, out, first + in * out, out);
    }

    int in() {
        return in;
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        root = new float[batch * nodes];
        mixed = new float[batch * nodes * in];
        unmixed = new float[below().differentiable ? batch * nodes * in : 0];
        preActivation = new float[activation.needsInput() ? batch * width : 0];
        scratch = new float[signal.length];
        affine.reserve(batch * nodes);
    }

    @Override
    void forward(int rows, Pass pass) {
        float[] x = below().value;
        Arrays.fill(mixed, 0, rows * nodes * in, 0f);
        for (int row = 0; row < rows; row++) {
            roots(row);
            mix(row, x, row * nodes * in, mixed, row * nodes * in);
        }
        int n = rows * nodes;
        float[] p = parameters.values();
        affine.forward(n, mixed, p, first, value);
        if (activation.needsInput()) {
            System.arraycopy(value, 0, preActivation, 0, n * out);
        }
        activation.forward(value, value, n, out);
    }

    private void roots(int row) {
        int from = row * nodes;
        Arrays.fill(root, from, from + nodes, 1f);
        for (int e = 0; e < edges.count(row); e++) {
            int target = edges.target(row, e);
            if (target != edges.source(row, e)) {
                root[from + target]++;
            }
        }
        for (int i = from; i < from + nodes; i++) {
            root[i] = (float) (1 / Math.sqrt(root[i]));
        }
    }

    /** y += M x of one graph. @param x [nodes, in] from xOff. @param y [nodes, in] from yOff, modified. */
    private void mix(int row, float[] x, int xOff, float[] y, int yOff) {
        addOwn(row, x, xOff, y, yOff);
        for (int e = 0; e < edges.count(row); e++) {
            addNeighbour(row, edges.source(row, e), edges.target(row, e), x, xOff, y, yOff);
        }
    }

    /** y += M^T x of one graph: along the edges from their targets. */
    private void unmix(int row, float[] x, int xOff, float[] y, int yOff) {
        addOwn(row, x, xOff, y, yOff);
        for (int e = 0; e < edges.count(row); e++) {
            addNeighbour(row, edges.target(row, e), edges.source(row, e), x, xOff, y, yOff);
        }
    }

    private void addOwn(int row, float[] x, int xOff, float[] y, int yOff) {
        for (int i = 0; i < edges.nodes(row); i++) {
            float share = root[row * nodes + i] * root[row * nodes + i];
            Rows.addScaled(share, x, xOff + i * in, y, yOff + i * in, in);
        }
    }

    private void addNeighbour(int row, int from, int to, float[] x, int xOff, float[] y, int yOff) {
        if (from != to) {
            float share = root[row * nodes + from] * root[row * nodes + to];
            Rows.addScaled(share, x, xOff + from * in, y, yOff + to * in, in);
        }
    }

    @Override
    void propagate(Block block) {
        int at = block.signalAt(0);
        activation.backward(preActivation, value, block.index(), block.rows(), nodes, out, signal, at, scratch);
        if (!block.needs(0)) {
            return;
        }
        affine.toInput(block.rows() * nodes, signal, at, parameters.values(), first, 0f, unmixed, 0);
        for (int r = 0; r < block.rows(); r++) {
            unmix(block.batchRow(r), unmixed, r * nodes * in, block.below(0), block.belowAt(0, r));
        }
    }

    @Override
    void gradient(Block block, float[] into, int intoOff) {
        float[] x = affine.rowsOf(block, mixed, nodes);
        affine.gradient(block.rows() * nodes, x, signal, block.signalAt(0), into, intoOff);
        affine.biasGradient(block.rows() * nodes, signal, block.signalAt(0), into, intoOff + in * out);
    }
}
