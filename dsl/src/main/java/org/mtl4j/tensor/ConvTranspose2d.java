package org.mtl4j.tensor;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The transpose of {@link Conv2d}, which makes images larger: each pixel of the input adds the kernel, times its number, to the
 * output.
 *
 * <p>[channels, height, width] -> [filters, (height - 1) stride - 2 padding + dilation (kernel - 1) + extra + 1, ..]. W:
 * [channels, filters / groups * kernel height * kernel width], as PyTorch's {@code ConvTranspose2d} has it; b: [filters].
 *
 * <pre>{@code
 * convTranspose2d(16, 2).stride(2)
 * }</pre>
 *
 * @param filters channels of its output
 * @param window the kernel and how it moves over the output
 * @param extraHeight rows at the bottom of the output that are added to its height, fewer than the stride
 * @param extraWidth columns at the right of the output
 * @param groups of filters and channels
 * @param bias whether it has one
 * @param activation f
 * @param initialiser of W and b, with fan-in filters / groups * kernel
 */
public record ConvTranspose2d(
        int filters,
        Window window,
        int extraHeight,
        int extraWidth,
        int groups,
        Bias bias,
        Activation activation,
        Initialiser initialiser)
        implements Layer, LayerSpec {

    public ConvTranspose2d {
        Bias.requireGroups("convTranspose2d", filters, groups);
        if (extraHeight < 0
                || extraWidth < 0
                || extraHeight >= Math.max(window.strideHeight(), window.dilationHeight())
                || extraWidth >= Math.max(window.strideWidth(), window.dilationWidth())) {
            throw new IllegalArgumentException(
                    "convTranspose2d(%d, ..).extra(%d, %d): the pixels added lie from 0 to below the stride, %s.%nGive fewer, or a larger stride(..)."
                            .formatted(
                                    filters,
                                    extraHeight,
                                    extraWidth,
                                    Window.pair(window.strideHeight(), window.strideWidth())));
        }
    }

    /** A transposed convolution with stride 1, no padding, one group, a bias, no activation. */
    public static ConvTranspose2d of(int filters, int height, int width) {
        Window window = Window.of(height, width);
        return new ConvTranspose2d(
                filters, window, 0, 0, 1, Bias.LEARNED, new Activation.Identity(), Bias.DEFAULT_INITIALISER);
    }

    private ConvTranspose2d window(Window other) {
        return new ConvTranspose2d(filters, other, extraHeight, extraWidth, groups, bias, activation, initialiser);
    }

    /** This layer with another stride. */
    public ConvTranspose2d stride(int pixels) {
        return stride(pixels, pixels);
    }

    /** This layer with another stride, down and to the right. */
    public ConvTranspose2d stride(int down, int right) {
        return window(window.stride(down, right));
    }

    /** This layer with fewer pixels at each side of the output. */
    public ConvTranspose2d padding(int pixels) {
        return padding(pixels, pixels);
    }

    /** This layer with fewer rows of pixels above and below, and columns left and right, of the output. */
    public ConvTranspose2d padding(int rows, int columns) {
        return window(window.padding(rows, columns));
    }

    /** This layer with the kernel's pixels further apart. */
    public ConvTranspose2d dilation(int pixels) {
        return dilation(pixels, pixels);
    }

    /** This layer with the kernel's pixels further apart, down and to the right. */
    public ConvTranspose2d dilation(int down, int right) {
        return window(window.dilation(down, right));
    }

    /** This layer with an output larger by these pixels at the bottom and at the right: PyTorch's output padding. */
    public ConvTranspose2d extra(int rows, int columns) {
        return new ConvTranspose2d(filters, window, rows, columns, groups, bias, activation, initialiser);
    }

    /** This layer with filters and channels in groups that do not see each other. */
    public ConvTranspose2d groups(int number) {
        return new ConvTranspose2d(filters, window, extraHeight, extraWidth, number, bias, activation, initialiser);
    }

    /** This layer without a bias. */
    public ConvTranspose2d noBias() {
        return new ConvTranspose2d(
                filters, window, extraHeight, extraWidth, groups, Bias.NONE, activation, initialiser);
    }

    /** This layer with an activation. */
    public ConvTranspose2d activation(Activation other) {
        return new ConvTranspose2d(filters, window, extraHeight, extraWidth, groups, bias, other, initialiser);
    }

    /** This layer with another initialiser. */
    public ConvTranspose2d initialiser(Initialiser other) {
        return new ConvTranspose2d(filters, window, extraHeight, extraWidth, groups, bias, activation, other);
    }

    /** The height of its output. */
    int height(int input) {
        return (input - 1) * window.strideHeight() - 2 * window.paddingHeight() + window.spanHeight() + extraHeight;
    }

    /** The width of its output. */
    int width(int input) {
        return (input - 1) * window.strideWidth() - 2 * window.paddingWidth() + window.spanWidth() + extraWidth;
    }

    @Override
    public @Nullable Layer fused(Activation next) {
        return activation instanceof Activation.Identity && next.isElementwise() ? activation(next) : null;
    }

    @Override
    public Node record(Tape tape, String name, Node input, RandomGenerator random) {
        String words = Shapes.words(name, this);
        Shape.Image image = Shapes.image(name, this, input);
        Bias.requireDivides(words, groups, image.channels(), input);
        Bias.requireElementwise(words, activation);
        if (height(image.height()) < 1 || width(image.width()) < 1) {
            throw new IllegalArgumentException(
                    "%s: of %s, which '%s' below it gives, its padding leaves nothing.%nTake less padding(..), a larger kernel, or larger images."
                            .formatted(words, Shapes.words(image), input.name));
        }
        ConvTransposeNode node = new ConvTransposeNode(name, this, input, tape.parameters(), tape.tasks());
        node.fill(random);
        return tape.add(node);
    }

    @Override
    public String toString() {
        return "convTranspose2d(" + filters + ", " + Window.pair(window.height(), window.width()) + ")"
                + window.withers(1, 1)
                + (extraHeight == 0 && extraWidth == 0 ? "" : ".extra(" + extraHeight + ", " + extraWidth + ")")
                + Bias.withers(groups, bias, activation, initialiser);
    }
}
