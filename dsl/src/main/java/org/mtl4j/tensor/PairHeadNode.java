package org.mtl4j.tensor;

import java.util.List;
import java.util.Set;

/** The linear maps of one task of two representations, side by side: y = [x_1 W_1, x_2 W_2], [outputs], halves of one width. */
final class PairHeadNode extends OutputNode {

    final TaskHead head;
    /** Where W_1 and W_2 begin. */
    final int[] weights = new int[2];

    private final Parameters parameters;
    private final int half;
    private float[] packed = new float[0];

    PairHeadNode(List<Node> pair, List<String> names, TaskHead head, Parameters parameters, int tasks) {
        super(head.name(), new Shape.Vector(head.outputs()), pair, tasks);
        this.head = head;
        this.parameters = parameters;
        this.half = head.outputs() / 2;
        for (int side = 0; side < 2; side++) {
            int in = pair.get(side).width;
            weights[side] = parameters.grow(in * half);
            parameters.name(name + "." + names.get(side) + ".weight", in, half, weights[side], half);
        }
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        packed = new float[batch * width];
    }

    @Override
    List<LayerEntry> entries() {
        int numbers = inputs.stream().mapToInt(input -> input.width * half).sum();
        return List.of(entry(name, shape, numbers, Set.of(head.task())));
    }

    @Override
    void forward(int rows, Pass pass) {
        for (int side = 0; side < 2; side++) {
            Node x = inputs.get(side);
            float[] p = parameters.values();
            Blas.nn(rows, half, x.width, x.value, 0, x.width, p, weights[side], half, 0f, value, side * half, width);
        }
    }

    @Override
    void propagate(Layout layout) {
        int block = layout.isCombined() ? 0 : head.task();
        int rows = layout.rows(block);
        if (rows == 0) {
            return;
        }
        float[] from = signal;
        int[] index = layout.index(block);
        if (index != null) { // only the labelled rows
            Rows.gather(signal, width, index, rows, packed, 0);
            from = packed;
        }
        for (int side = 0; side < 2; side++) {
            Node x = inputs.get(side);
            if (x.differentiable) {
                float beta = x.claim(block);
                int in = x.width;
                float[] p = parameters.values();
                int to = x.row(layout, block) * in;
                Blas.nt(rows, in, half, from, side * half, width, p, weights[side], half, beta, x.signal, to, in);
            }
        }
    }

    @Override
    void scale(int rows, double[] by) {
        float w = (float) by[head.task()];
        if (w != 1f) {
            Rows.scaled(w, signal, 0, signal, 0, rows * width);
        }
    }

    @Override
    void gradient(int rows) {
        for (int side = 0; side < 2; side++) {
            Node x = inputs.get(side);
            float[] into = parameters.gradient();
            Blas.tn(
                    x.width,
                    half,
                    rows,
                    x.value,
                    0,
                    x.width,
                    signal,
                    side * half,
                    width,
                    0f,
                    into,
                    weights[side],
                    half);
        }
    }
}
