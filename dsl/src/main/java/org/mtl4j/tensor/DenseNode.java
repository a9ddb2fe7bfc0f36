package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * y = f(x W + b) as one kernel, at each place of a series alike; an image is taken as one vector. W: [in, out], b: [out];
 * they lie next to each other in {@link Parameters}.
 *
 * <p>Gradients: dW = x^T s, db = sum of s over rows, dx = s W^T, with s the signal after f's derivative.
 */
final class DenseNode extends LayerNode {

    final Activation activation;
    final int in;
    final int bias;
    /** Places of a row, each of them a row of the products. */
    final int places;

    private final int outputs;
    private float[] preActivation = new float[0];
    private float[] gathered = new float[0];
    private float[] ones = new float[0];
    private float[] scratch = new float[0];

    DenseNode(String name, Node input, int outputs, Activation activation, Parameters parameters, int tasks) {
        super(name, shape(input, outputs), List.of(input), parameters, (in(input) + 1) * outputs, tasks);
        this.activation = activation;
        this.outputs = outputs;
        this.in = in(input);
        this.places = shape.positions();
        this.bias = first + in * outputs;
        parameters.name(name + ".weight", in, outputs, first, outputs);
        parameters.name(name + ".bias", 1, outputs, bias, outputs);
    }

    private static Shape shape(Node input, int outputs) {
        return input.shape instanceof Shape.Series series
                ? new Shape.Series(series.length(), outputs)
                : new Shape.Vector(outputs);
    }

    private static int in(Node input) {
        return input.shape instanceof Shape.Series series ? series.width() : input.width;
    }

    /** Fills W and b. */
    void fill(Initialiser initialiser, RandomGenerator random) {
        initialiser.fill(parameters.values(), first, in, outputs, random);
        initialiser.fillBias(parameters.values(), bias, in, outputs, random);
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        preActivation = new float[activation.needsInput() ? batch * width : 0];
        scratch = new float[signal.length];
        gathered = new float[batch * places * in];
        ones = new float[batch * places];
        Arrays.fill(ones, 1f);
    }

    @Override
    void tell(TapeReader reader) {
        reader.dense(this, below(), activation);
    }

    @Override
    void forward(int rows, Pass pass) {
        float[] p = parameters.values();
        int n = rows * places;
        Rows.fill(value, n, outputs, p, bias);
        Blas.nn(n, outputs, in, below().value, 0, in, p, first, outputs, 1f, value, 0, outputs);
        if (activation.needsInput()) {
            System.arraycopy(value, 0, preActivation, 0, n * outputs);
        }
        activation.forward(value, value, n, outputs);
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
                        places,
                        outputs,
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
        int n = rows * places;
        int at = to * below.width;
        Blas.nt(n, in, outputs, signal, from * width, outputs, p, first, outputs, beta, below.signal, at, in);
    }

    @Override
    void gradient(Layout combined) {
        gradient(below().value, combined.batch(), signal, 0, parameters.gradient(), first);
    }

    @Override
    void taskGradient(Layout layout, int task, float[] into, int intoOff) {
        int[] index = layout.index(task);
        float[] x = below().value;
        if (index != null) {
            Rows.gather(x, below().width, index, layout.rows(task), gathered, 0);
            x = gathered;
        }
        gradient(x, layout.rows(task), signal, row(layout, task) * width, into, intoOff);
    }

    /** Writes dW and db; 0 without rows. @param x [rows, .., in]. @param s [rows, .., out] from sOff. @param into from intoOff. */
    void gradient(float[] x, int rows, float[] s, int sOff, float[] into, int intoOff) {
        if (rows == 0) { // a BLAS takes no product over nothing, and would leave the last step's sums
            Arrays.fill(into, intoOff, intoOff + size, 0f);
            return;
        }
        int n = rows * places;
        Blas.tn(in, outputs, n, x, 0, in, s, sOff, outputs, 0f, into, intoOff, outputs);
        Blas.sumRows(n, outputs, s, sOff, ones, into, intoOff + in * outputs);
    }
}
