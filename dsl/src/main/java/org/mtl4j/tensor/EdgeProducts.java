package org.mtl4j.tensor;

/**
 * Mutable: the product of edge features with a weight, one call for all edges that the graphs of a batch have, and its
 * gradients. W_e: [features, out].
 */
final class EdgeProducts {

    private final Edges edges;
    private final int features;
    private final int out;
    private final Affine product;
    /** The features of the edges that there are, one after the other. */
    private float[] packed = new float[0];

    private float[] packedSignal = new float[0];
    /** d_e by slot, [slots * edges, out]: those of a block one after the other. */
    private float[] signal = new float[0];

    EdgeProducts(Edges edges, int features, int out) {
        this.edges = edges;
        this.features = features;
        this.out = out;
        this.product = new Affine(features, out);
    }

    void reserve(int batch, int slots) {
        packed = new float[batch * edges.most() * features];
        packedSignal = new float[packed.length];
        signal = new float[slots * edges.most() * out];
    }

    float[] signal() {
        return signal;
    }

    /** Where the signals of a block begin whose first row has this slot. */
    int signalAt(int slot) {
        return slot * edges.most() * out;
    }

    /** Writes W_e e of each edge of these rows. @param x [rows, most edges, features]. @param y [edges, out], overwritten. */
    void forward(int rows, float[] x, float[] p, int weight, float[] y) {
        int n = 0;
        for (int row = 0; row < rows; row++) {
            n = pack(row, x, n);
        }
        product.product(n, packed, p, weight, 0f, y);
    }

    private int pack(int row, float[] x, int n) {
        int count = edges.count(row);
        System.arraycopy(x, row * edges.most() * features, packed, n * features, count * features);
        return n + count;
    }

    /** Adds to the signal of the edge features, from a block's n edges. */
    void propagate(Block block, int n, float[] p, int weight) {
        product.toInput(n, signal, signalAt(block.slot(0)), p, weight, 0f, packedSignal, 0);
        int from = 0;
        for (int r = 0; r < block.rows(); r++) {
            int numbers = edges.count(block.batchRow(r)) * features;
            Rows.addScaled(1f, packedSignal, from, block.below(1), block.belowAt(1, r), numbers);
            from += numbers;
        }
    }

    /** Adds dW_e of a block. @param x [batch, most edges, features] */
    void gradient(Block block, float[] x, float[] into, int intoOff) {
        int n = 0;
        for (int r = 0; r < block.rows(); r++) {
            n = pack(block.batchRow(r), x, n);
        }
        product.gradient(n, packed, signal, signalAt(block.slot(0)), into, intoOff);
    }
}
