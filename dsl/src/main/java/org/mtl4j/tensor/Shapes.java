package org.mtl4j.tensor;

/** What layers ask of the shape below them, in one wording. */
final class Shapes {

    private Shapes() {}

    /** A layer in words: {@code Layer 'encoder.0', conv2d(10, 5)}. */
    static String words(String name, Object layer) {
        return "Layer '" + name + "', " + layer;
    }

    /** The image below. */
    static Shape.Image image(String name, Object layer, Node below) {
        if (below.shape instanceof Shape.Image image) {
            return image;
        }
        throw unlike(
                name,
                layer,
                "an image",
                below,
                "Give the data images, or put reshape(channels, height, width) below it");
    }

    /** The series below. */
    static Shape.Series series(String name, Object layer, Node below) {
        if (below.shape instanceof Shape.Series series) {
            return series;
        }
        throw unlike(name, layer, "a series", below, "Give the data a series, or put reshape(length, width) below it");
    }

    static IllegalArgumentException unlike(String name, Object layer, String takes, Node below, String remedy) {
        return new IllegalArgumentException("%s: it takes %s, but '%s' below it gives %s.%n%s."
                .formatted(words(name, layer), takes, below.name, words(below.shape), remedy));
    }

    /** A shape with what it is. */
    static String words(Shape shape) {
        if (shape instanceof Shape.Image) {
            return "an image of " + shape;
        } else if (shape instanceof Shape.Series) {
            return "a series of " + shape;
        } else if (shape instanceof Shape.Tokens) {
            return String.valueOf(shape);
        } else if (shape instanceof Shape.Graph) {
            return "a " + shape;
        }
        return "features, " + shape;
    }
}
