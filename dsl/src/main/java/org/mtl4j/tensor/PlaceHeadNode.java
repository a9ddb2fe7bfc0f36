package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The linear head of one task at each place of a representation: y[p] = x[p] W + b, [places, outputs], with x[p] the features
 * at place p: of a series [places, in], of an image [in, places].
 */
final class PlaceHeadNode extends TaskHeadNode {

    final int in;
    final int places;
    private final boolean channelsFirst;
    private final Parameters parameters;
    private final int weight;
    private final int bias;
    private final int outputs;
    private float[] ones = new float[0];

    PlaceHeadNode(Node input, TaskHead head, Parameters parameters, int tasks) {
        super(new Shape.Series(input.shape.positions(), head.outputs()), List.of(input), head, tasks);
        this.in = input.features();
        this.places = input.shape.positions();
        this.channelsFirst = input.shape instanceof Shape.Image;
        this.parameters = parameters;
        this.outputs = head.outputs();
        this.weight = parameters.grow(in * outputs + outputs);
        this.bias = weight + in * outputs;
        parameters.name(name + ".weight", in, outputs, weight, outputs);
        parameters.name(name + ".bias", 1, outputs, bias, outputs);
    }

    /** Fills W and b. */
    void fill(Initialiser initialiser, RandomGenerator random) {
        initialiser.fill(parameters.values(), weight, in, outputs, random);
        initialiser.fillBias(parameters.values(), bias, in, outputs, random);
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        ones = new float[batch * places];
        Arrays.fill(ones, 1f);
    }

    @Override
    List<LayerEntry> entries() {
        return List.of(entry(name, shape, (in + 1) * outputs, Set.of(head.task())));
    }

    @Override
    void tell(TapeReader reader) {
        reader.placeHead(below(), head);
    }

    @Override
    void forward(int rows, Pass pass) {
        float[] p = parameters.values();
        float[] x = below().value;
        Rows.fill(value, rows * places, outputs, p, bias);
        if (!channelsFirst) {
            Blas.nn(rows * places, outputs, in, x, 0, in, p, weight, outputs, 1f, value, 0, outputs);
            return;
        }
        for (int r = 0; r < rows; r++) {
            int from = r * in * places;
            Blas.tn(places, outputs, in, x, from, places, p, weight, outputs, 1f, value, r * width, outputs);
        }
    }

    @Override
    void propagate(Layout layout) {
        Node below = below();
        int block = block(layout);
        int rows = layout.rows(block);
        if (!below.differentiable || rows == 0) {
            return;
        }
        float[] from = signalOf(layout);
        float beta = below.claim(block);
        int to = below.row(layout, block) * below.width;
        float[] p = parameters.values();
        if (!channelsFirst) {
            Blas.nt(rows * places, in, outputs, from, 0, outputs, p, weight, outputs, beta, below.signal, to, in);
            return;
        }
        for (int r = 0; r < rows; r++, to += below.width) {
            int at = r * width;
            Blas.nt(in, places, outputs, p, weight, outputs, from, at, outputs, beta, below.signal, to, places);
        }
    }

    @Override
    void gradient(int rows) {
        float[] into = parameters.gradient();
        float[] x = below().value;
        if (!channelsFirst) {
            Blas.tn(in, outputs, rows * places, x, 0, in, signal, 0, outputs, 0f, into, weight, outputs);
        } else {
            for (int r = 0; r < rows; r++) {
                float beta = r == 0 ? 0f : 1f;
                int from = r * in * places;
                Blas.nn(in, outputs, places, x, from, places, signal, r * width, outputs, beta, into, weight, outputs);
            }
        }
        Blas.sumRows(rows * places, outputs, signal, 0, ones, into, bias);
    }
}
