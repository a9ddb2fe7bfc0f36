package org.mtl4j.tensor;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A convolution along a series, with an activation in the same kernel: y[p, o] = f(b[o] + sum_{c, k} W[o, c, k] x[p stride +
 * k dilation - padding, c]).
 *
 * <p>[length, width] -> [(length + 2 padding - span) / stride + 1, filters], with span = dilation (kernel - 1) + 1. W: [filters,
 * width / groups * kernel], as PyTorch's {@code Conv1d} has it; b: [filters]. Places beyond a row's own length count as
 * zeros. Where the number of places stays, as with stride 1 and padding (kernel - 1) / 2, rows keep their own lengths; else
 * all places of its output count.
 *
 * <pre>{@code
 * conv1d(32, 3).padding(1)
 * }</pre>
 *
 * @param filters features at each place of its output
 * @param window the kernel, of height 1, and how it moves
 * @param groups of filters and features
 * @param bias whether it has one
 * @param activation f
 * @param initialiser of W and b, with fan-in width / groups * kernel
 */
public record Conv1d(int filters, Window window, int groups, Bias bias, Activation activation, Initialiser initialiser)
        implements Layer, LayerSpec {

    public Conv1d {
        Bias.requireGroups("conv1d", filters, groups);
        if (window.height() != 1 || window.strideHeight() != 1 || window.paddingHeight() != 0) {
            throw new IllegalArgumentException(
                    "conv1d(%d, ..): its window has a height, but a series is one row of places.%nTake conv1d(filters, kernel)."
                            .formatted(filters));
        }
    }

    /** A convolution with stride 1, no padding, one group, a bias, no activation. */
    public static Conv1d of(int filters, int kernel) {
        Window window = Window.of(1, kernel);
        return new Conv1d(filters, window, 1, Bias.LEARNED, new Activation.Identity(), Bias.DEFAULT_INITIALISER);
    }

    private Conv1d window(Window other) {
        return new Conv1d(filters, other, groups, bias, activation, initialiser);
    }

    /** This layer with another stride. */
    public Conv1d stride(int places) {
        return window(window.stride(1, places));
    }

    /** This layer with zeros before and after the series. */
    public Conv1d padding(int places) {
        return window(window.padding(0, places));
    }

    /** This layer with the kernel's places further apart. */
    public Conv1d dilation(int places) {
        return window(window.dilation(1, places));
    }

    /** This layer with filters and features in groups that do not see each other. */
    public Conv1d groups(int number) {
        return new Conv1d(filters, window, number, bias, activation, initialiser);
    }

    /** This layer without a bias. */
    public Conv1d noBias() {
        return new Conv1d(filters, window, groups, Bias.NONE, activation, initialiser);
    }

    /** This layer with an activation. */
    public Conv1d activation(Activation other) {
        return new Conv1d(filters, window, groups, bias, other, initialiser);
    }

    /** This layer with another initialiser. */
    public Conv1d initialiser(Initialiser other) {
        return new Conv1d(filters, window, groups, bias, activation, other);
    }

    @Override
    public @Nullable Layer fused(Activation next) {
        return activation instanceof Activation.Identity && next.isElementwise() ? activation(next) : null;
    }

    @Override
    public Node record(Tape tape, String name, Node input, RandomGenerator random) {
        String words = Shapes.words(name, this);
        Shape.Series series = Shapes.series(name, this, input);
        Bias.requireDivides(words, groups, series.width(), input);
        Bias.requireElementwise(words, activation);
        if (window.placesRight(series.length()) < 1) {
            throw new IllegalArgumentException(
                    "%s: its kernel spans %d places, but '%s' below it gives %s, %d places with the padding.%nTake a smaller kernel, more padding(..), or longer series."
                            .formatted(
                                    words,
                                    window.spanWidth(),
                                    input.name,
                                    Shapes.words(series),
                                    series.length() + 2 * window.paddingWidth()));
        }
        Conv1dNode node = new Conv1dNode(name, this, input, tape.parameters(), tape.tasks());
        node.fill(random);
        return tape.add(node);
    }

    @Override
    public String toString() {
        return "conv1d(" + filters + ", " + window.width() + ")"
                + (window.strideWidth() == 1 ? "" : ".stride(" + window.strideWidth() + ")")
                + (window.paddingWidth() == 0 ? "" : ".padding(" + window.paddingWidth() + ")")
                + (window.dilationWidth() == 1 ? "" : ".dilation(" + window.dilationWidth() + ")")
                + Bias.withers(groups, bias, activation, initialiser);
    }
}
