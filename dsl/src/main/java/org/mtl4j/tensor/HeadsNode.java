package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The linear heads of one or more tasks on one representation, side by side: y = x [W_1 .. W_T] + [b_1 .. b_T].
 *
 * <p>One product serves all heads. Each task's loss writes its signal into the task's columns; rows without its label
 * hold 0.
 */
final class HeadsNode extends OutputNode {

    final List<TaskHead> heads;
    final int in;
    final int weight;
    final int bias;
    final int[] task;
    final int[] column;
    final int[] outputs;
    private final Parameters parameters;
    private float[] packed = new float[0];
    private float[] ones = new float[0];

    HeadsNode(String name, Node input, List<TaskHead> heads, Parameters parameters, int tasks) {
        super(name, new Shape.Vector(outputs(heads)), input, tasks);
        this.heads = List.copyOf(heads);
        this.parameters = parameters;
        this.in = input.width;
        this.weight = parameters.grow(in * width + width);
        this.bias = weight + in * width;
        this.task = heads.stream().mapToInt(TaskHead::task).toArray();
        this.outputs = heads.stream().mapToInt(TaskHead::outputs).toArray();
        this.column = new int[task.length];
        for (int h = 0, at = 0; h < task.length; h++) {
            column[h] = at;
            parameters.name(heads.get(h).name() + ".weight", in, outputs[h], weight + at, width);
            parameters.name(heads.get(h).name() + ".bias", 1, outputs[h], bias + at, outputs[h]);
            at += outputs[h];
        }
    }

    private static int outputs(List<TaskHead> heads) {
        return heads.stream().mapToInt(TaskHead::outputs).sum();
    }

    /** Fills each W_i and b_i, one head after the other. */
    void fill(Initialiser initialiser, RandomGenerator random) {
        for (int h = 0; h < task.length; h++) {
            float[] one = new float[in * outputs[h]];
            initialiser.fill(one, 0, in, outputs[h], random);
            parameters.set(parameters.get(heads.get(h).name() + ".weight"), one);
            initialiser.fillBias(parameters.values(), bias + column[h], in, outputs[h], random);
        }
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        packed = new float[batch * width];
        ones = new float[batch];
        Arrays.fill(ones, 1f);
    }

    @Override
    List<LayerEntry> entries() {
        return heads.stream().map(this::entry).toList();
    }

    private LayerEntry entry(TaskHead head) {
        int numbers = (in + 1) * head.outputs();
        return entry(head.name(), new Shape.Vector(head.outputs()), numbers, Set.of(head.task()));
    }

    @Override
    void tell(TapeReader reader) {
        reader.heads(below(), heads);
    }

    @Override
    void forward(int rows, Pass pass) {
        float[] p = parameters.values();
        Rows.fill(value, rows, width, p, bias);
        Blas.nn(rows, width, in, below().value, 0, in, p, weight, width, 1f, value, 0, width);
    }

    @Override
    void propagate(Layout layout) {
        Node below = below();
        if (!below.differentiable) {
            return;
        }
        float[] p = parameters.values();
        if (layout.isCombined()) {
            float beta = below.claim(0);
            Blas.nt(layout.batch(), in, width, signal, 0, width, p, weight, width, beta, below.signal, 0, in);
            return;
        }
        for (int h = 0; h < task.length; h++) {
            if (layout.rows(task[h]) > 0) {
                propagate(h, layout, below, p);
            }
        }
    }

    private void propagate(int h, Layout layout, Node below, float[] p) {
        int block = task[h];
        int rows = layout.rows(block);
        int[] index = layout.index(block);
        float[] from = signal;
        int offset = column[h];
        int stride = width;
        if (index != null) { // only the labelled rows
            for (int r = 0; r < rows; r++) {
                System.arraycopy(signal, index[r] * width + column[h], packed, r * outputs[h], outputs[h]);
            }
            from = packed;
            offset = 0;
            stride = outputs[h];
        }
        int to = below.row(layout, block) * in;
        float beta = below.claim(block);
        Blas.nt(rows, in, outputs[h], from, offset, stride, p, weight + column[h], width, beta, below.signal, to, in);
    }

    @Override
    void scale(int rows, double[] weights) {
        for (int h = 0; h < task.length; h++) {
            float w = (float) weights[task[h]];
            if (w != 1f) {
                for (int r = 0, at = column[h]; r < rows; r++, at += width) {
                    for (int c = 0; c < outputs[h]; c++) {
                        signal[at + c] *= w;
                    }
                }
            }
        }
    }

    @Override
    void gradient(int rows) {
        float[] into = parameters.gradient();
        Blas.tn(in, width, rows, below().value, 0, in, signal, 0, width, 0f, into, weight, width);
        Blas.sumRows(rows, width, signal, 0, ones, into, bias);
    }
}
