package org.mtl4j.tensor;

import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The linear maps of one task of two representations, side by side: y = [x_1 W_1, x_2 W_2], [outputs], halves of one width. */
final class PairHeadNode extends TaskHeadNode {

    /** Where W_1 and W_2 begin. */
    final int[] weights = new int[2];

    private final Parameters parameters;
    private final int half;

    PairHeadNode(List<Node> pair, List<String> names, TaskHead head, Parameters parameters, int tasks) {
        super(new Shape.Vector(head.outputs()), pair, head, tasks);
        this.parameters = parameters;
        this.half = head.outputs() / 2;
        for (int side = 0; side < 2; side++) {
            int in = pair.get(side).width;
            weights[side] = parameters.grow(in * half);
            parameters.name(name + "." + names.get(side) + ".weight", in, half, weights[side], half);
        }
    }

    /** Fills W_1 and W_2. */
    void fill(Initialiser initialiser, RandomGenerator random) {
        for (int side = 0; side < 2; side++) {
            initialiser.fill(parameters.values(), weights[side], inputs.get(side).width, half, random);
        }
    }

    @Override
    List<LayerEntry> entries() {
        int numbers = inputs.stream().mapToInt(input -> input.width * half).sum();
        return List.of(entry(name, shape, numbers, Set.of(head.task())));
    }

    @Override
    void tell(TapeReader reader) {
        reader.pairHead(inputs, head);
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
        int block = block(layout);
        int rows = layout.rows(block);
        if (rows == 0) {
            return;
        }
        float[] from = signalOf(layout);
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
