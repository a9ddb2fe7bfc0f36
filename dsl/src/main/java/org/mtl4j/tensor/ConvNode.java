package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * {@link Conv2d}: image by image, y = W X for each group, with X the {@link Columns} of the image. Images are divided over
 * the {@link Crew}.
 *
 * <p>Gradients: dW = s X^T, db = sum of s over places, dX = W^T s, added back to the pixels; s is the signal after f's
 * derivative. dW and db are summed in as many parts as the shapes say, whatever the number of threads, and the parts are
 * added in their order: so the bits do not depend on threads.
 */
final class ConvNode extends BlockNode {

    private static final int PARTS = 4;

    /** Places of all images of a part of the sum, at least: then to add the parts costs about a hundredth of it. */
    private static final int LONG = 4096;

    private final Conv2d spec;
    private final Shape.Image image;
    private final int inWidth;
    private final int groups;
    /** Filters of a group. */
    private final int filters;
    /** Numbers of a group's part of the image. */
    private final int part;
    /** Places of the kernel. */
    private final int places;
    /** Numbers of a column. */
    private final int k;
    /** Images that are worth a thread. */
    private final int least;

    /** One for each piece of a loop; made when there first is such a piece. */
    private @Nullable ConvLane[] lanes = new ConvLane[1];

    private final Bend bend;
    private final int weights;
    private final float[] ones;
    /** Sums of the parts behind the first, [parts - 1][size]. */
    private float[][] sums = new float[0][];

    private final Piecework forth = this::forth;
    private final Piecework back = this::back;
    private final Piecework sum = this::sum;

    // of the loop at work
    private int rows;
    private Block block = new Block(this);
    private int parts;
    private float[] into = new float[0];
    private int intoOff;

    ConvNode(String name, Conv2d spec, Node input, Parameters parameters, int tasks) {
        super(name, spec, shape(spec, input), List.of(input), parameters, size(spec, input), tasks);
        this.spec = spec;
        this.image = (Shape.Image) input.shape;
        this.groups = spec.groups();
        this.filters = spec.filters() / groups;
        this.inWidth = image.size();
        this.part = inWidth / groups;
        ConvLane first = lane(0);
        this.places = first.columns.places;
        this.k = first.columns.rows;
        this.least = 1 + (int) (Product.SMALL / ((long) spec.filters() * k * places));
        this.ones = new float[places];
        Arrays.fill(ones, 1f);
        this.bend = new Bend(this, spec.activation());
        this.weights = spec.filters() * k;
        parameters.name(name + ".weight", spec.filters(), k, this.first, k);
        if (spec.bias() == Bias.LEARNED) {
            parameters.name(name + ".bias", 1, spec.filters(), this.first + weights, spec.filters());
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
        spec.initialiser().fill(p, first, k, spec.filters(), random);
        if (size > weights) {
            spec.initialiser().fillBias(p, first + weights, k, spec.filters(), random);
        }
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        sums = new float[parts(batch) - 1][size];
        bend.reserve(batch);
    }

    private int parts(int images) {
        return (int) Math.max(1, Math.min(PARTS, (long) images * places / LONG));
    }

    /** The lane of a piece, which no other piece of the loop asks for. */
    private ConvLane lane(int piece) {
        ConvLane lane = lanes[piece];
        if (lane == null) {
            lane = new ConvLane(image, spec.window(), groups, filters);
            lanes[piece] = lane;
        }
        return lane;
    }

    private void share(Piecework work, int size, int pieceAtLeast) {
        int most = Crew.pieces(size, pieceAtLeast);
        if (most > lanes.length) {
            lanes = Arrays.copyOf(lanes, most);
        }
        Crew.share(work, size, pieceAtLeast);
    }

    @Override
    void forward(int batch, Pass pass) {
        rows = batch;
        share(forth, batch, least);
    }

    private void forth(int piece, int pieces) {
        float[] p = parameters.values();
        float[] x = below().value;
        ConvLane lane = lane(piece);
        int end = Piecework.row(rows, piece + 1, pieces);
        for (int r = Piecework.row(rows, piece, pieces); r < end; r++) {
            int at = r * width;
            for (int g = 0; g < groups; g++) {
                float[] columns = lane.columns(x, r * inWidth, g);
                int from = lane.columnsAt(r * inWidth, g);
                int w = first + g * filters * k;
                Blas.nn(
                        filters,
                        places,
                        k,
                        p,
                        w,
                        k,
                        columns,
                        from,
                        places,
                        0f,
                        value,
                        at + g * filters * places,
                        places);
            }
            if (size > weights) {
                Planes.addBias(value, at, spec.filters(), places, p, first + weights);
            }
            bend.forward(r);
        }
    }

    @Override
    void propagate(Block at) {
        bend.backward(at);
        if (at.needs(0)) {
            block = at;
            share(back, at.rows(), least);
        }
    }

    private void back(int piece, int pieces) {
        float[] p = parameters.values();
        Overlay overlay = lane(piece).overlay;
        overlay.weights(p, first);
        int end = Piecework.row(block.rows(), piece + 1, pieces);
        for (int r = Piecework.row(block.rows(), piece, pieces); r < end; r++) {
            for (int g = 0; g < groups; g++) {
                int s = block.signalAt(r) + g * filters * places;
                overlay.add(p, first, g, signal, s, block.below(0), block.belowAt(0, r) + g * part);
            }
        }
    }

    @Override
    void gradient(Block at, float[] gradient, int gradientOff) {
        block = at;
        into = gradient;
        intoOff = gradientOff;
        parts = parts(at.rows());
        share(sum, parts, 1);
        for (int p = 1; p < parts; p++) {
            Rows.addScaled(1f, sums[p - 1], 0, into, intoOff, size);
        }
    }

    private void sum(int piece, int pieces) {
        ConvLane lane = lane(piece);
        int end = Piecework.row(parts, piece + 1, pieces);
        for (int p = Piecework.row(parts, piece, pieces); p < end; p++) {
            if (p == 0) {
                sum(lane, p, into, intoOff);
            } else {
                Arrays.fill(sums[p - 1], 0f);
                sum(lane, p, sums[p - 1], 0);
            }
        }
    }

    /** Adds the gradient of the images of a part. */
    private void sum(ConvLane lane, int p, float[] to, int toOff) {
        float[] x = below().value;
        lane.filterGradient.begin();
        int end = Piecework.row(block.rows(), p + 1, parts);
        for (int r = Piecework.row(block.rows(), p, parts); r < end; r++) {
            int image = block.batchRow(r) * inWidth;
            for (int g = 0; g < groups; g++) {
                int s = block.signalAt(r) + g * filters * places;
                float[] columns = lane.columns(x, image, g);
                int w = toOff + g * filters * k;
                lane.filterGradient.add(g, signal, s, columns, lane.columnsAt(image, g), to, w);
            }
            if (size > weights) {
                Blas.addRows(spec.filters(), places, signal, block.signalAt(r), ones, to, toOff + weights);
            }
        }
        for (int g = 0; g < groups; g++) {
            lane.filterGradient.end(g, to, toOff + g * filters * k);
        }
    }
}
