package org.mtl4j.tensor;

import java.util.random.RandomGenerator;

/**
 * The greatest or the mean of the pixels under a window, channel by channel. The catalogue is the list of records below.
 *
 * <p>[channels, height, width] -> [channels, (height + 2 padding - kernel) / stride + 1, ..]. Padding is never the greatest; of
 * equal pixels the first gets the gradient.
 */
public sealed interface Pool extends Layer, LayerSpec {

    /**
     * The greatest pixel.
     *
     * @param window without dilation
     * @param rounding of the number of places
     */
    record Max(Window window, Rounding rounding) implements Pool {
        public Max {
            requirePadding("maxPool", window);
        }

        /** This layer with another stride. */
        public Max stride(int pixels) {
            return stride(pixels, pixels);
        }

        /** This layer with another stride, down and to the right. */
        public Max stride(int down, int right) {
            return new Max(window.stride(down, right), rounding);
        }

        /** This layer with a border around the image. */
        public Max padding(int pixels) {
            return padding(pixels, pixels);
        }

        /** This layer with rows above and below, and columns left and right. */
        public Max padding(int rows, int columns) {
            return new Max(window.padding(rows, columns), rounding);
        }

        /** This layer with a last window that may reach beyond the image: {@link Rounding#UP}. */
        public Max roundUp() {
            return new Max(window, Rounding.UP);
        }

        @Override
        public String toString() {
            return Pool.words("maxPool", window, rounding);
        }
    }

    /**
     * The mean.
     *
     * @param window without dilation
     * @param rounding of the number of places
     * @param border whether zeros of the padding count as pixels
     */
    record Average(Window window, Rounding rounding, Border border) implements Pool {
        public Average {
            requirePadding("avgPool", window);
        }

        /** This layer with another stride. */
        public Average stride(int pixels) {
            return stride(pixels, pixels);
        }

        /** This layer with another stride, down and to the right. */
        public Average stride(int down, int right) {
            return new Average(window.stride(down, right), rounding, border);
        }

        /** This layer with zeros around the image. */
        public Average padding(int pixels) {
            return padding(pixels, pixels);
        }

        /** This layer with rows of zeros above and below, and columns left and right. */
        public Average padding(int rows, int columns) {
            return new Average(window.padding(rows, columns), rounding, border);
        }

        /** This layer with a last window that may reach beyond the image: {@link Rounding#UP}. */
        public Average roundUp() {
            return new Average(window, Rounding.UP, border);
        }

        /** This layer with the mean over the pixels of the image alone: {@link Border#LEFT_OUT}. */
        public Average padLeftOut() {
            return new Average(window, rounding, Border.LEFT_OUT);
        }

        @Override
        public String toString() {
            return Pool.words("avgPool", window, rounding) + (border == Border.COUNTED ? "" : ".padLeftOut()");
        }
    }

    /**
     * The mean of height x width parts of the image: part i has the rows from floor(i rows / height) to below ceil((i + 1) rows
     * / height).
     */
    record AdaptiveAverage(int height, int width) implements Pool {
        public AdaptiveAverage {
            if (height < 1 || width < 1) {
                throw new IllegalArgumentException(
                        "adaptiveAvgPool(%d, %d): its output needs at least 1 pixel.%nGive its height and width."
                                .formatted(height, width));
            }
        }

        @Override
        public String toString() {
            return "adaptiveAvgPool(" + Window.pair(height, width) + ")";
        }
    }

    /** What to do with pixels that do not fill a last window. */
    enum Rounding {
        /** They are left out. */
        DOWN,
        /** They get a window that reaches beyond the image; it must begin inside of it, or in its left padding. */
        UP
    }

    /** Whether padding counts in a mean. */
    enum Border {
        /** As pixels of 0. */
        COUNTED,
        /** Not at all. */
        LEFT_OUT
    }

    /** The greatest under a window, which moves by its own size. */
    static Max max(int height, int width) {
        return new Max(Window.of(height, width).stride(height, width), Rounding.DOWN);
    }

    /** The mean under a window, which moves by its own size. */
    static Average average(int height, int width) {
        return new Average(Window.of(height, width).stride(height, width), Rounding.DOWN, Border.COUNTED);
    }

    private static void requirePadding(String pool, Window window) {
        if (2 * window.paddingHeight() > window.height() || 2 * window.paddingWidth() > window.width()) {
            throw new IllegalArgumentException(
                    "%s(%s).padding(%s): a window could lie in the padding alone.%nPad by at most half of the window."
                            .formatted(
                                    pool,
                                    Window.pair(window.height(), window.width()),
                                    Window.pair(window.paddingHeight(), window.paddingWidth())));
        }
        if (window.dilationHeight() != 1 || window.dilationWidth() != 1) {
            throw new IllegalArgumentException("%s(%s): a pool has no dilation.%nTake a larger window."
                    .formatted(pool, Window.pair(window.height(), window.width())));
        }
    }

    private static String words(String pool, Window window, Rounding rounding) {
        return pool + "(" + Window.pair(window.height(), window.width()) + ")"
                + window.withers(window.height(), window.width())
                + (rounding == Rounding.DOWN ? "" : ".roundUp()");
    }

    @Override
    default Node record(Tape tape, String name, Node input, RandomGenerator random) {
        Shape.Image image = Shapes.image(name, this, input);
        if (this instanceof Max max) {
            max.window().requireFits(Shapes.words(name, this), input, image);
        } else if (this instanceof Average average) {
            average.window().requireFits(Shapes.words(name, this), input, image);
        }
        return tape.add(new PoolNode(name, this, input, tape.parameters(), tape.tasks()));
    }
}
