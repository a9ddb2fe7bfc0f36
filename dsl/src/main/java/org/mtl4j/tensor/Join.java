package org.mtl4j.tensor;

import java.util.List;
import java.util.Locale;

/** How several values become one; for their sum there is {@link Sum}. */
public enum Join implements LayerSpec {
    /** Their product, number by number; all have one shape. */
    MULTIPLY,
    /** All of their channels, or all of their features at each place, in order. */
    CONCATENATE;

    /**
     * Engine API. Records it.
     *
     * @throws IllegalArgumentException if the shapes do not fit; the message names two of them with their layers
     */
    public Node record(Tape tape, String name, List<Node> inputs) {
        Node first = inputs.get(0);
        for (Node other : inputs) {
            if (this == CONCATENATE ? !besides(first.shape, other.shape) : !first.shape.equals(other.shape)) {
                throw new IllegalArgumentException("Layer '%s', %s: '%s' gives %s, but '%s' gives %s.%n%s."
                        .formatted(
                                name,
                                this,
                                first.name,
                                Shapes.words(first.shape),
                                other.name,
                                Shapes.words(other.shape),
                                this == CONCATENATE
                                        ? "Give both the same height and width, or the same number of places"
                                        : "Give both the same shape"));
            }
        }
        return tape.add(new JoinNode(name, this, shape(inputs), inputs, tape.parameters(), tape.tasks()));
    }

    private static boolean besides(Shape one, Shape other) {
        if (one instanceof Shape.Image a && other instanceof Shape.Image b) {
            return a.height() == b.height() && a.width() == b.width();
        } else if (one instanceof Shape.Series a && other instanceof Shape.Series b) {
            return a.length() == b.length();
        }
        return one instanceof Shape.Vector && other instanceof Shape.Vector;
    }

    private Shape shape(List<Node> inputs) {
        Shape shape = inputs.get(0).shape;
        if (this != CONCATENATE) {
            return shape;
        }
        int features = inputs.stream().mapToInt(Node::features).sum();
        if (shape instanceof Shape.Image image) {
            return new Shape.Image(features, image.height(), image.width());
        } else if (shape instanceof Shape.Series series) {
            return new Shape.Series(series.length(), features);
        }
        return new Shape.Vector(features);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT) + "()";
    }
}
