package org.mtl4j.tensor;

import java.util.Arrays;

/**
 * y = f(x W + b) as one kernel. W: [in, out], b: [out]; they lie next to each other in {@link Parameters}.
 *
 * <p>Gradients: dW = x^T s, db = sum of s over rows, dx = s W^T, with s the signal after f's derivative.
 */
final class DenseNode extends LayerNode {

    final Activation activation;
    final int in;
    final int bias;
    private float[] preActivation = new float[0];
    private float[] gathered = new float[0];
    private float[] ones = new float[0];
    private float[] scratch = new float[0];

    DenseNode(String name, Node input, int width, Activation activation, Parameters parameters, int tasks) {
        super(name, width, input, parameters, (input.width + 1) * width, tasks);
        this.activation = activation;
        this.in = input.width;
        this.bias = first + in * width;
        parameters.name(name + ".weight", in, width, first, width);
        parameters.name(name + ".bias", 1, width, bias, width);
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        preActivation = new float[activation.needsInput() ? batch * width : 0];
        scratch = new float[signal.length];
        gathered = new float[batch * in];
        ones = new float[batch];
        Arrays.fill(ones, 1f);
    }

    @Override
    void forward(int rows, Pass pass) {
        float[] p = parameters.values();
        Rows.fill(value, rows, width, p, bias);
        Blas.nn(rows, width, in, below().value, 0, in, p, first, width, 1f, value, 0, width);
        if (activation.needsInput()) {
            System.arraycopy(value, 0, preActivation, 0, rows * width);
        }
        activation.forward(value, value, rows, width);
    }

    @Override
    void propagate(Layout layout) {
        for (int block = 0; block < layout.blocks(); block++) {
            if (carries(layout, block)) {
                activation.backward(
                        preActivation,
                        value,
                        layout.index(block),
                        layout.rows(block),
                        width,
                        signal,
                        row(layout, block) * width,
                        scratch);
            }
        }
        Node below = below();
        if (!below.differentiable) {
            return;
        }
        if (reachesLike(below, layout)) {
            for (int block = 0; block < layout.blocks(); block++) {
                below.claim(block);
            }
            if (layout.total() > 0) {
                toInput(below, layout.total(), 0, 0, 0f);
            }
            return;
        }
        for (int block = 0; block < layout.blocks(); block++) {
            if (carries(layout, block) && layout.rows(block) > 0) {
                toInput(below, layout.rows(block), row(layout, block), below.row(layout, block), below.claim(block));
            }
        }
    }

    /** Whether all blocks go to an untouched input in the same places: then one product serves them all. */
    private boolean reachesLike(Node below, Layout layout) {
        if (!layout.isCombined() && reach.cardinality() < layout.blocks()) {
            return false;
        }
        for (int block = 0; block < layout.blocks(); block++) {
            if (below.signalled[block]) {
                return false;
            }
        }
        return true;
    }

    private void toInput(Node below, int rows, int from, int to, float beta) {
        float[] p = parameters.values();
        Blas.nt(rows, in, width, signal, from * width, width, p, first, width, beta, below.signal, to * in, in);
    }

    @Override
    void gradient(int rows) {
        gradient(below().value, rows, signal, 0, parameters.gradient(), first);
    }

    @Override
    void taskGradient(Layout layout, int task, float[] into, int intoOff) {
        int[] index = layout.index(task);
        float[] x = below().value;
        if (index != null) {
            Rows.gather(x, in, index, layout.rows(task), gathered, 0);
            x = gathered;
        }
        gradient(x, layout.rows(task), signal, row(layout, task) * width, into, intoOff);
    }

    /** Writes dW and db; 0 without rows. @param x [rows, in]. @param s [rows, width] from sOff. @param into from intoOff on. */
    void gradient(float[] x, int rows, float[] s, int sOff, float[] into, int intoOff) {
        if (rows == 0) { // a BLAS takes no product over nothing, and would leave the last step's sums
            Arrays.fill(into, intoOff, intoOff + size, 0f);
            return;
        }
        Blas.tn(in, width, rows, x, 0, in, s, sOff, width, 0f, into, intoOff, width);
        Blas.sumRows(rows, width, s, sOff, ones, into, intoOff + in * width);
    }
}
