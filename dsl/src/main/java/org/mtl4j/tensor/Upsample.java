package org.mtl4j.tensor;

import java.util.random.RandomGenerator;

/**
 * An image of another size: its pixel at i is read from the input at i h / H, with h the input's height and H the new one. The
 * catalogue is the list of records below.
 *
 * <p>[channels, height, width] -> [channels, H, W], H and W either given or the input's times a factor. Without antialiasing,
 * also where it shrinks, as PyTorch's {@code Upsample} with {@code align_corners=False}.
 */
public sealed interface Upsample extends Layer, LayerSpec {

    /** How large the new image is. */
    Size size();

    /** The pixel at floor(i h / H). */
    record Nearest(Size size) implements Upsample {
        @Override
        public String toString() {
            return "upsample(" + size + ")";
        }
    }

    /** Between the two pixels around max(0, (i + 0.5) h / H - 0.5), by their distances; at the border the last one. */
    record Bilinear(Size size) implements Upsample {
        @Override
        public String toString() {
            return "bilinear(" + size + ")";
        }
    }

    /** The size of the new image. */
    sealed interface Size {
        /** A multiple of the input's. */
        record Factor(int factor) implements Size {
            public Factor {
                positive(factor, factor);
            }

            @Override
            public String toString() {
                return String.valueOf(factor);
            }
        }

        /** In pixels. */
        record Pixels(int height, int width) implements Size {
            public Pixels {
                positive(height, width);
            }

            @Override
            public String toString() {
                return height + ", " + width;
            }
        }

        private static void positive(int height, int width) {
            if (height < 1 || width < 1) {
                throw new IllegalArgumentException(
                        "upsample(%s): an image needs at least 1 pixel.%nGive a factor, or a height and a width."
                                .formatted(Window.pair(height, width)));
            }
        }

        private int height(int input) {
            return this instanceof Factor factor ? input * factor.factor() : ((Pixels) this).height();
        }

        private int width(int input) {
            return this instanceof Factor factor ? input * factor.factor() : ((Pixels) this).width();
        }
    }

    /** The shape of its output. */
    default Shape.Image output(Shape.Image image) {
        return new Shape.Image(image.channels(), size().height(image.height()), size().width(image.width()));
    }

    @Override
    default Node record(Tape tape, String name, Node input, RandomGenerator random) {
        Shapes.image(name, this, input);
        return tape.add(new UpsampleNode(name, this, input, tape.parameters(), tape.tasks()));
    }
}
