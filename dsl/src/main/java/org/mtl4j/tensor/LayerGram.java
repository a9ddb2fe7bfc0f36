package org.mtl4j.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, reused: the Gram of one shared layer's task gradients, and their weighted sum, by the cheaper of two ways where
 * the layer is dense, else by the direct one.
 *
 * <p>Direct: form dW_i of every task, their inner products, their combination. Ghost: with input X [batch, in] and
 * signals D_i [rows_i, out], &lt;dW_i, dW_j&gt; + &lt;db_i, db_j&gt; = sum((X X^T + 1) * (D_i D_j^T)) elementwise, so that no task's
 * gradient is formed; then one product on the combined signal (the ghost norm of Goodfellow 2015, arXiv 1510.01799,
 * taken to pairs). The way is chosen by counted operations, and the direct one only below {@link #DIRECT_CAP}.
 */
final class LayerGram {

    /** Which way: chosen by cost, or forced by a test. */
    enum Way {
        CHEAPER,
        DIRECT,
        GHOST
    }

    /** At most this many numbers are kept for the task gradients of one layer: 256 MiB. */
    static final long DIRECT_CAP = 64L << 20;

    /** A number streamed through memory costs about as much as this many multiply-adds inside a product. */
    private static final long STREAM = 4;

    private final LayerNode node;
    /** The node where the ghost way is open to it. */
    private final @Nullable DenseNode dense;

    private final Parameters parameters;
    private final int tasks;
    private final Way way;
    private final GramProducts products = new GramProducts();
    private final float[] rounded;
    private boolean direct;
    private float[] taskGradients = new float[0];
    private float[] xx = new float[0];
    private float[] dd = new float[0];
    private float[] combined = new float[0];

    LayerGram(LayerNode node, Parameters parameters, int tasks, Way way) {
        this.node = node;
        this.dense = node instanceof DenseNode each && each.places == 1 ? each : null;
        this.parameters = parameters;
        this.tasks = tasks;
        this.way = way;
        this.rounded = new float[tasks];
    }

    void reserve(int batch) {
        boolean ghostPossible = way != Way.DIRECT && dense != null;
        boolean directPossible = dense == null || (way != Way.GHOST && (long) tasks * node.size <= DIRECT_CAP);
        taskGradients = new float[directPossible ? tasks * node.size : 0];
        xx = new float[ghostPossible ? batch * batch : 0];
        dd = new float[ghostPossible ? batch * batch : 0];
        combined = new float[ghostPossible ? batch * node.width : 0];
    }

    private boolean chooseDirect(Layout layout) {
        if (dense == null || way != Way.CHEAPER) {
            return dense == null || way == Way.DIRECT;
        }
        long t = node.reach.cardinality();
        long pairs = t * (t + 1) / 2;
        long batch = layout.batch();
        long p = node.size;
        int in = dense.in;
        long directCost = layout.total() * (long) in * node.width + p * (GramProducts.multiplies(t) + STREAM * t);
        long ghostCost = batch * batch * in
                + pairs * batch * batch * (node.width + STREAM)
                + STREAM * t * batch * node.width
                + batch * in * node.width;
        return taskGradients.length > 0 && directCost <= ghostCost;
    }

    /** Writes the inner products of this layer's task gradients. @param gram [tasks * tasks], overwritten. */
    void gram(Layout layout, double[] gram) {
        Arrays.fill(gram, 0);
        direct = chooseDirect(layout);
        if (direct) {
            formTaskGradients(layout); // 0 for tasks that do not reach the layer, and for those without rows
            products.of(taskGradients, tasks, node.size, gram);
            return;
        }
        kernelOfInputs(layout);
        for (int i = 0; i < tasks; i++) {
            for (int j = 0; j <= i; j++) {
                if (node.reach.get(i) && node.reach.get(j) && layout.rows(i) > 0 && layout.rows(j) > 0) {
                    double product = ghostProduct(layout, i, j);
                    gram[i * tasks + j] = product;
                    gram[j * tasks + i] = product;
                }
            }
        }
    }

    private void formTaskGradients(Layout layout) {
        for (int t = 0; t < tasks; t++) {
            if (node.reach.get(t)) {
                node.taskGradient(layout, t, taskGradients, t * node.size);
            }
        }
    }

    /** xx = X X^T + 1. */
    private void kernelOfInputs(Layout layout) {
        int batch = layout.batch();
        float[] x = node.below().value;
        int in = node.below().width;
        Blas.nt(batch, batch, in, x, 0, in, x, 0, in, 0f, xx, 0, batch);
        for (int i = 0; i < batch * batch; i++) {
            xx[i] += 1f;
        }
    }

    private double ghostProduct(Layout layout, int i, int j) {
        int n = layout.rows(i);
        int m = layout.rows(j);
        int width = node.width;
        int from = node.row(layout, i) * width;
        int to = node.row(layout, j) * width;
        Blas.nt(n, m, width, node.signal, from, width, node.signal, to, width, 0f, dd, 0, m);
        int batch = layout.batch();
        int[] rows = layout.index(i);
        int[] columns = layout.index(j);
        if (rows == null && columns == null) {
            return Blas.dot(batch * batch, xx, 0, dd, 0);
        }
        return maskedSum(n, m, batch, rows, columns);
    }

    private double maskedSum(int n, int m, int batch, int @Nullable [] rows, int @Nullable [] columns) {
        double sum = 0;
        for (int r = 0; r < n; r++) {
            int at = (rows == null ? r : rows[r]) * batch;
            for (int c = 0; c < m; c++) {
                sum += xx[at + (columns == null ? c : columns[c])] * dd[r * m + c];
            }
        }
        return sum;
    }

    /** Writes sum_i w_i dW_i (and biases) into the gradient. Follows {@link #gram} of the same pass. */
    void combine(Layout layout, double[] weights) {
        float[] gradient = parameters.gradient();
        if (direct || dense == null) {
            combineTaskGradients(weights, gradient);
        } else {
            combineSignals(layout, weights);
            dense.gradient(dense.below().value, layout.batch(), combined, 0, gradient, dense.first);
        }
    }

    private void combineTaskGradients(double[] weights, float[] gradient) {
        for (int t = 0; t < tasks; t++) {
            rounded[t] = (float) weights[t];
        }
        Blas.sumRows(tasks, node.size, taskGradients, 0, rounded, gradient, node.first);
    }

    private void combineSignals(Layout layout, double[] weights) {
        int width = node.width;
        Arrays.fill(combined, 0, layout.batch() * width, 0f);
        for (int t = node.reach.nextSetBit(0); t >= 0; t = node.reach.nextSetBit(t + 1)) {
            int[] index = layout.index(t);
            int from = node.row(layout, t) * width;
            float w = (float) weights[t];
            if (index == null) {
                Rows.addScaled(w, node.signal, from, combined, 0, layout.rows(t) * width);
            } else {
                for (int r = 0; r < layout.rows(t); r++) {
                    Rows.addScaled(w, node.signal, from + r * width, combined, index[r] * width, width);
                }
            }
        }
    }
}
