package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * {@link Conv1d}: row by row, y = X W^T for each group, with a line of X the numbers under the kernel at one place, [features
 * of the group, kernel].
 *
 * <p>Gradients: dW = s^T X, db = sum of s over places, dX = s W, added back to the places; s is the signal after f's
 * derivative.
 */
final class Conv1dNode extends BlockNode {

    private final Conv1d spec;
    private final int length;
    private final int in;
    private final int out;
    private final int places;
    private final int groups;
    private final int features;
    private final int line;
    private final Bend bend;
    private final int weights;
    private float[] packed = new float[0];
    private float[] ones = new float[0];
    private float[] sums = new float[0];

    Conv1dNode(String name, Conv1d spec, Node input, Parameters parameters, int tasks) {
        super(name, spec, shape(spec, input), List.of(input), parameters, size(spec, input), tasks);
        this.spec = spec;
        this.length = input.shape.positions();
        this.in = input.features();
        this.out = spec.filters();
        this.places = shape.positions();
        this.groups = spec.groups();
        this.features = in / groups;
        this.line = features * spec.window().width();
        this.bend = new Bend(this, spec.activation());
        this.weights = out * line;
        parameters.name(name + ".weight", out, line, first, line);
        if (spec.bias() == Bias.LEARNED) {
            parameters.name(name + ".bias", 1, out, first + weights, out);
        }
    }

    private static Shape shape(Conv1d spec, Node input) {
        return new Shape.Series(spec.window().placesRight(input.shape.positions()), spec.filters());
    }

    private static int size(Conv1d spec, Node input) {
        int fanIn = input.features() / spec.groups() * spec.window().width();
        return spec.filters() * (fanIn + (spec.bias() == Bias.LEARNED ? 1 : 0));
    }

    void fill(RandomGenerator random) {
        spec.initialiser().fill(parameters.values(), first, line, out, random);
        if (size > weights) {
            spec.initialiser().fillBias(parameters.values(), first + weights, line, out, random);
        }
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        packed = new float[places * line];
        ones = new float[places];
        sums = new float[out];
        Arrays.fill(ones, 1f);
        bend.reserve(batch);
    }

    private int place(int p, int k) {
        Window window = spec.window();
        return p * window.strideWidth() + k * window.dilationWidth() - window.paddingWidth();
    }

    private void gather(int row, int group) {
        float[] x = below().value;
        int count = below().placesOf(row);
        int kernel = spec.window().width();
        for (int p = 0; p < places; p++) {
            for (int k = 0; k < kernel; k++) {
                int place = place(p, k);
                boolean inside = place >= 0 && place < count;
                int from = (row * length + place) * in + group * features;
                for (int c = 0; c < features; c++) {
                    packed[p * line + c * kernel + k] = inside ? x[from + c] : 0f;
                }
            }
        }
    }

    @Override
    void forward(int rows, Pass pass) {
        float[] p = parameters.values();
        int filters = out / groups;
        for (int r = 0; r < rows; r++) {
            int at = r * width;
            for (int i = 0; size > weights && i < places; i++) {
                System.arraycopy(p, first + weights, value, at + i * out, out);
            }
            float beta = size > weights ? 1f : 0f;
            for (int g = 0; g < groups; g++) {
                gather(r, g);
                int w = first + g * filters * line;
                Blas.nt(places, filters, line, packed, 0, line, p, w, line, beta, value, at + g * filters, out);
            }
            bend.forward(r);
        }
    }

    @Override
    void propagate(Block block) {
        bend.backward(block);
        if (!block.needs(0)) {
            return;
        }
        float[] p = parameters.values();
        int filters = out / groups;
        for (int r = 0; r < block.rows(); r++) {
            for (int g = 0; g < groups; g++) {
                int w = first + g * filters * line;
                int s = block.signalAt(r) + g * filters;
                Blas.nn(places, line, filters, signal, s, out, p, w, line, 0f, packed, 0, line);
                scatter(below().placesOf(block.batchRow(r)), block.below(0), block.belowAt(0, r) + g * features);
            }
        }
    }

    private void scatter(int count, float[] below, int to) {
        int kernel = spec.window().width();
        for (int p = 0; p < places; p++) {
            for (int k = 0; k < kernel; k++) {
                int place = place(p, k);
                if (place >= 0 && place < count) {
                    for (int c = 0; c < features; c++) {
                        below[to + place * in + c] += packed[p * line + c * kernel + k];
                    }
                }
            }
        }
    }

    @Override
    void gradient(Block at, float[] into, int intoOff) {
        int filters = out / groups;
        for (int r = 0; r < at.rows(); r++) {
            int from = at.signalAt(r);
            for (int g = 0; g < groups; g++) {
                gather(at.batchRow(r), g);
                int w = intoOff + g * filters * line;
                Blas.tn(filters, line, places, signal, from + g * filters, out, packed, 0, line, 1f, into, w, line);
            }
            if (size > weights) {
                Blas.sumRows(places, out, signal, from, ones, sums, 0);
                Rows.addScaled(1f, sums, 0, into, intoOff + weights, out);
            }
        }
    }
}
