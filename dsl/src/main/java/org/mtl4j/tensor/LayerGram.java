package org.mtl4j.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, reused: the Gram of one shared layer's task gradients, and their weighted sum, by the cheaper of two ways where
 * the layer is dense, else by the direct one.
 *
 * <p>Direct: form dW_i of every task, their inner products, their combination. Ghost: with input X [batch, in], K = X X^T + 1
 * and signals D_i [batch, out], 0 at rows without label, &lt;dW_i, dW_j&gt; + &lt;db_i, db_j&gt; = &lt;D_i, K D_j&gt;, so that no task's
 * gradient is formed; then one product on the combined signal (the ghost norm of Goodfellow 2015, arXiv 1510.01799, taken to
 * pairs; one product a task and not one a pair, since K is the same for all). The way is chosen by counted operations, and the
 * direct one only below {@link #DIRECT_CAP}.
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
    /** D of each task, [tasks, batch, out]. */
    private float[] spread = new float[0];
    /** K D of each task. */
    private float[] heard = new float[0];

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
        if (way == Way.DIRECT && (long) tasks * node.size > DIRECT_CAP) {
            throw new IllegalArgumentException(
                    "Layer '%s': the gradients of %d tasks by its %d parameters are more than the %d numbers that are kept of a layer.%nTake a balancer that reads their inner products, such as mgda() or pcgrad(), or a smaller layer."
                            .formatted(node.name, tasks, node.size, DIRECT_CAP));
        }
        boolean ghostPossible = way != Way.DIRECT && dense != null;
        boolean directPossible = dense == null || (way != Way.GHOST && (long) tasks * node.size <= DIRECT_CAP);
        taskGradients = new float[directPossible ? tasks * node.size : 0];
        xx = new float[ghostPossible ? batch * batch : 0];
        spread = new float[ghostPossible ? tasks * batch * node.width : 0];
        heard = new float[spread.length];
        combined = new float[ghostPossible ? batch * node.width : 0];
    }

    private boolean chooseDirect(Layout layout) {
        if (dense == null || way != Way.CHEAPER) {
            return dense == null || way == Way.DIRECT;
        }
        long t = node.reach.cardinality();
        long batch = layout.batch();
        long p = node.size;
        int in = dense.in;
        long directCost = layout.total() * (long) in * node.width + p * (GramProducts.multiplies(t) + STREAM * t);
        long signals = batch * node.width;
        long ghostCost = batch * batch * in
                + t * batch * signals
                + signals * (GramProducts.multiplies(t) + 3 * STREAM * t)
                + signals * in;
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
        int signals = layout.batch() * node.width;
        for (int t = 0; t < tasks; t++) {
            spread(layout, t, t * signals);
            int n = layout.batch();
            Blas.nn(n, node.width, n, xx, 0, n, spread, t * signals, node.width, 0f, heard, t * signals, node.width);
        }
        products.of(spread, heard, tasks, signals, gram);
    }

    /** Lays a task's signal out on all rows of the batch: 0 where it has none. @param to where in {@link #spread}. */
    private void spread(Layout layout, int task, int to) {
        int width = node.width;
        Arrays.fill(spread, to, to + layout.batch() * width, 0f);
        if (node.reach.get(task)) {
            int[] index = layout.index(task);
            int from = node.row(layout, task) * width;
            for (int r = 0; r < layout.rows(task); r++) {
                int row = index == null ? r : index[r];
                System.arraycopy(node.signal, from + r * width, spread, to + row * width, width);
            }
        }
    }

    /** Copies the task gradients that {@link #gram} formed the direct way. @param into [tasks * all] from {@code at} on, of each task */
    void copyTaskGradients(float[] into, int all, int at) {
        for (int t = 0; t < tasks; t++) {
            System.arraycopy(taskGradients, t * node.size, into, t * all + at, node.size);
        }
    }

    /** Writes an update that was made of the task gradients into the gradient. @param direction its numbers begin at {@code at} */
    void put(float[] direction, int at) {
        System.arraycopy(direction, at, parameters.gradient(), node.first, node.size);
    }

    int size() {
        return node.size;
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
