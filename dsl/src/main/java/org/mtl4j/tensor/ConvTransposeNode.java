package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * {@link ConvTranspose2d}: image by image, Y = W^T x for each group, and Y, the columns of the output, added to its pixels.
 *
 * <p>Gradients: with S the {@link Columns} of the signal after f's derivative, dx = W S, dW = x S^T, db = sum over pixels.
 */
final class ConvTransposeNode extends BlockNode {

    private final ConvTranspose2d spec;
    private final int inWidth;
    private final int places;
    private final int groups;
    /** Channels of a group of the input. */
    private final int channels;
    /** Numbers of a group's part of the output. */
    private final int part;

    private final Columns columns;
    private final Overlay overlay;
    private final FilterGradient filterGradient;
    private final Bend bend;
    private final int weights;
    private final float[] ones;
    private float[] packed = new float[0];

    ConvTransposeNode(String name, ConvTranspose2d spec, Node input, Parameters parameters, int tasks) {
        super(name, spec, shape(spec, input), List.of(input), parameters, size(spec, input), tasks);
        Shape.Image image = (Shape.Image) input.shape;
        Shape.Image out = (Shape.Image) shape;
        this.spec = spec;
        this.groups = spec.groups();
        this.inWidth = image.size();
        this.places = image.positions();
        this.channels = image.channels() / groups;
        this.part = width / groups;
        this.columns = new Columns(spec.filters() / groups, out.height(), out.width(), spec.window());
        this.overlay = new Overlay(columns, groups, channels);
        this.filterGradient = new FilterGradient(columns, groups, channels);
        this.ones = new float[width / spec.filters()];
        Arrays.fill(ones, 1f);
        this.bend = new Bend(this, spec.activation());
        this.weights = image.channels() * columns.rows;
        parameters.name(name + ".weight", image.channels(), columns.rows, first, columns.rows);
        if (spec.bias() == Bias.LEARNED) {
            parameters.name(name + ".bias", 1, spec.filters(), first + weights, spec.filters());
        }
    }

    private static Shape shape(ConvTranspose2d spec, Node input) {
        Shape.Image image = (Shape.Image) input.shape;
        return new Shape.Image(spec.filters(), spec.height(image.height()), spec.width(image.width()));
    }

    private static int size(ConvTranspose2d spec, Node input) {
        int each = spec.filters() / spec.groups() * spec.window().pixels();
        return input.features() * each + (spec.bias() == Bias.LEARNED ? spec.filters() : 0);
    }

    void fill(RandomGenerator random) {
        float[] p = parameters.values();
        spec.initialiser().fill(p, first, columns.rows, channels * groups, random);
        if (size > weights) {
            spec.initialiser().fillBias(p, first + weights, columns.rows, spec.filters(), random);
        }
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        packed = new float[columns.rows * columns.places];
        bend.reserve(batch);
    }

    @Override
    void forward(int rows, Pass pass) {
        float[] p = parameters.values();
        float[] x = below().value;
        Arrays.fill(value, 0, rows * width, 0f);
        overlay.weights(p, first);
        for (int r = 0; r < rows; r++) {
            int at = r * width;
            for (int g = 0; g < groups; g++) {
                int from = r * inWidth + g * channels * places;
                overlay.add(p, first, g, x, from, value, at + g * part);
            }
            if (size > weights) {
                Planes.addBias(value, at, spec.filters(), width / spec.filters(), p, first + weights);
            }
            bend.forward(r);
        }
    }

    private int weight(int group) {
        return first + group * channels * columns.rows;
    }

    @Override
    void propagate(Block block) {
        bend.backward(block);
        if (!block.needs(0)) {
            return;
        }
        float[] p = parameters.values();
        float[] below = block.below(0);
        int k = columns.rows;
        for (int r = 0; r < block.rows(); r++) {
            for (int g = 0; g < groups; g++) {
                columns.gather(signal, block.signalAt(r) + g * part, packed);
                int to = block.belowAt(0, r) + g * channels * places;
                Blas.nn(channels, places, k, p, weight(g), k, packed, 0, places, 1f, below, to, places);
            }
        }
    }

    @Override
    void gradient(Block at, float[] into, int intoOff) {
        float[] x = below().value;
        int k = columns.rows;
        filterGradient.begin();
        for (int r = 0; r < at.rows(); r++) {
            for (int g = 0; g < groups; g++) {
                columns.gather(signal, at.signalAt(r) + g * part, packed);
                int from = at.batchRow(r) * inWidth + g * channels * places;
                filterGradient.add(g, x, from, packed, 0, into, intoOff + g * channels * k);
            }
            if (size > weights) {
                int filters = spec.filters();
                Blas.addRows(filters, width / filters, signal, at.signalAt(r), ones, into, intoOff + weights);
            }
        }
        for (int g = 0; g < groups; g++) {
            filterGradient.end(g, into, intoOff + g * channels * k);
        }
    }
}
