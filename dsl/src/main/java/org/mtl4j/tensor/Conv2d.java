package org.mtl4j.tensor;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A convolution over images (a cross-correlation, as everywhere in this field), with an activation in the same kernel:
 * y[o, p] = f(b[o] + sum_{c, k} W[o, c, k] x[c, p stride + k dilation - padding]).
 *
 * <p>[channels, height, width] -> [filters, (height + 2 padding - span) / stride + 1, ..], with span = dilation (kernel - 1) +
 * 1. W: [filters, channels / groups * kernel height * kernel width], as PyTorch's {@code Conv2d} has it; b: [filters]. Filters
 * of one group read the channels of that group only.
 *
 * <pre>{@code
 * conv2d(32, 3).stride(2).padding(1)
 * }</pre>
 *
 * @param filters channels of its output
 * @param window the kernel and how it moves
 * @param groups of filters and channels
 * @param bias whether it has one
 * @param activation f
 * @param initialiser of W and b, with fan-in channels / groups * kernel
 */
public record Conv2d(int filters, Window window, int groups, Bias bias, Activation activation, Initialiser initialiser)
        implements Layer, LayerSpec {

    public Conv2d {
        Bias.requireGroups("conv2d", filters, groups);
    }

    /** A convolution with stride 1, no padding, one group, a bias, no activation. */
    public static Conv2d of(int filters, int height, int width) {
        return new Conv2d(
                filters,
                Window.of(height, width),
                1,
                Bias.LEARNED,
                new Activation.Identity(),
                Bias.DEFAULT_INITIALISER);
    }

    private Conv2d window(Window other) {
        return new Conv2d(filters, other, groups, bias, activation, initialiser);
    }

    /** This layer with another stride. */
    public Conv2d stride(int pixels) {
        return stride(pixels, pixels);
    }

    /** This layer with another stride, down and to the right. */
    public Conv2d stride(int down, int right) {
        return window(window.stride(down, right));
    }

    /** This layer with zeros around the image. */
    public Conv2d padding(int pixels) {
        return padding(pixels, pixels);
    }

    /** This layer with rows of zeros above and below, and columns left and right. */
    public Conv2d padding(int rows, int columns) {
        return window(window.padding(rows, columns));
    }

    /** This layer with the kernel's pixels further apart. */
    public Conv2d dilation(int pixels) {
        return dilation(pixels, pixels);
    }

    /** This layer with the kernel's pixels further apart, down and to the right. */
    public Conv2d dilation(int down, int right) {
        return window(window.dilation(down, right));
    }

    /** This layer with filters and channels in groups that do not see each other. */
    public Conv2d groups(int number) {
        return new Conv2d(filters, window, number, bias, activation, initialiser);
    }

    /** This layer without a bias: below a normalisation it has no effect. */
    public Conv2d noBias() {
        return new Conv2d(filters, window, groups, Bias.NONE, activation, initialiser);
    }

    /** This layer with an activation. */
    public Conv2d activation(Activation other) {
        return new Conv2d(filters, window, groups, bias, other, initialiser);
    }

    /** This layer with another initialiser. */
    public Conv2d initialiser(Initialiser other) {
        return new Conv2d(filters, window, groups, bias, activation, other);
    }

    @Override
    public @Nullable Layer fused(Activation next) {
        return activation instanceof Activation.Identity && next.isElementwise() ? activation(next) : null;
    }

    @Override
    public Node record(Tape tape, String name, Node input, RandomGenerator random) {
        Shape.Image image = Shapes.image(name, this, input);
        Bias.requireDivides(Shapes.words(name, this), groups, image.channels(), input);
        window.requireFits(Shapes.words(name, this), input, image);
        Bias.requireElementwise(Shapes.words(name, this), activation);
        ConvNode node = new ConvNode(name, this, input, tape.parameters(), tape.tasks());
        node.fill(random);
        return tape.add(node);
    }

    @Override
    public String toString() {
        return "conv2d(" + filters + ", " + Window.pair(window.height(), window.width()) + ")"
                + window.withers(1, 1)
                + Bias.withers(groups, bias, activation, initialiser);
    }
}
