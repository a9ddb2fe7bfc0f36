package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * {@link Conv2d}: image by image, y = W X for each group, with X the {@link Columns} of the image.
 *
 * <p>Gradients: dW = s X^T, db = sum of s over places, dX = W^T s, added back to the pixels; s is the signal after f's
 * derivative.
 */
final class ConvNode extends BlockNode {

    private final Conv2d spec;
    private final int inWidth;
    private final int groups;
    /** Filters of a group. */
    private final int filters;
    /** Numbers of a group's part of the image. */
    private final int part;

    private final Columns columns;
    private final Bend bend;
    private final int weights;
    private final float[] ones;
    private float[] packed = new float[0];
    private final Overlay overlay;
    private final FilterGradient filterGradient;

    ConvNode(String name, Conv2d spec, Node input, Parameters parameters, int tasks) {
        super(name, spec, shape(spec, input), List.of(input), parameters, size(spec, input), tasks);
        Shape.Image image = (Shape.Image) input.shape;
        this.spec = spec;
        this.groups = spec.groups();
        this.filters = spec.filters() / groups;
        this.inWidth = image.size();
        this.part = inWidth / groups;
        this.columns = new Columns(image.channels() / groups, image.height(), image.width(), spec.window());
        this.overlay = new Overlay(columns, groups, filters);
        this.filterGradient = new FilterGradient(columns, groups, filters);
        this.ones = new float[columns.places];
        Arrays.fill(ones, 1f);
        this.bend = new Bend(this, spec.activation());
        this.weights = spec.filters() * columns.rows;
        parameters.name(name + ".weight", spec.filters(), columns.rows, first, columns.rows);
        if (spec.bias() == Bias.LEARNED) {
            parameters.name(name + ".bias", 1, spec.filters(), first + weights, spec.filters());
        }
    }

    private static Shape shape(Conv2d spec, Node input) {
        Shape.Image image = (Shape.Image) input.shape;
        Window window = spec.window();
        return new Shape.Image(spec.filters(), window.placesDown(image.height()), window.placesRight(image.width()));
    }

    private static int size(Conv2d spec, Node input) {
        int fanIn = input.features() / spec.groups() * spec.window().pixels();
        return spec.filters() * (fanIn + (spec.bias() == Bias.LEARNED ? 1 : 0));
    }

    void fill(RandomGenerator random) {
        float[] p = parameters.values();
        spec.initialiser().fill(p, first, columns.rows, spec.filters(), random);
        if (size > weights) {
            spec.initialiser().fillBias(p, first + weights, columns.rows, spec.filters(), random);
        }
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        packed = new float[columns.isImage() ? 0 : columns.rows * columns.places];
        bend.reserve(batch);
    }

    /** The columns of a group of an image: in {@link #packed}, or the image itself. */
    private float[] columns(int row, int group) {
        if (columns.isImage()) {
            return below().value;
        }
        columns.gather(below().value, row * inWidth + group * part, packed);
        return packed;
    }

    private int columnsAt(int row, int group) {
        return columns.isImage() ? row * inWidth + group * part : 0;
    }

    @Override
    void forward(int rows, Pass pass) {
        float[] p = parameters.values();
        int places = columns.places;
        int k = columns.rows;
        for (int r = 0; r < rows; r++) {
            int at = r * width;
            for (int g = 0; g < groups; g++) {
                float[] x = columns(r, g);
                int w = first + g * filters * k;
                int y = at + g * filters * places;
                Blas.nn(filters, places, k, p, w, k, x, columnsAt(r, g), places, 0f, value, y, places);
            }
            if (size > weights) {
                Planes.addBias(value, at, spec.filters(), places, p, first + weights);
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
        overlay.weights(p, first);
        for (int r = 0; r < block.rows(); r++) {
            for (int g = 0; g < groups; g++) {
                int s = block.signalAt(r) + g * filters * columns.places;
                int to = block.belowAt(0, r) + g * part;
                overlay.add(p, first, g, signal, s, block.below(0), to);
            }
        }
    }

    @Override
    void gradient(Block at, float[] into, int intoOff) {
        int places = columns.places;
        int k = columns.rows;
        filterGradient.begin();
        for (int r = 0; r < at.rows(); r++) {
            int row = at.batchRow(r);
            for (int g = 0; g < groups; g++) {
                int s = at.signalAt(r) + g * filters * places;
                int w = intoOff + g * filters * k;
                filterGradient.add(g, signal, s, columns(row, g), columnsAt(row, g), into, w);
            }
            if (size > weights) {
                Blas.addRows(spec.filters(), places, signal, at.signalAt(r), ones, into, intoOff + weights);
            }
        }
        for (int g = 0; g < groups; g++) {
            filterGradient.end(g, into, intoOff + g * filters * k);
        }
    }
}
