package org.mtl4j.tensor;

import java.util.random.RandomGenerator;

/**
 * The same numbers of each row, in the same order, read as another shape. What lies beyond a row's own length is 0.
 *
 * @param shape a vector, an image or a series
 */
public record Reshape(Shape shape) implements Layer, LayerSpec {

    public Reshape {
        if (!(shape instanceof Shape.Vector || shape instanceof Shape.Image || shape instanceof Shape.Series)) {
            throw new IllegalArgumentException(
                    "reshape(..) to %s: numbers are read as features, an image or a series.%nGive channels, height and width, or length and width."
                            .formatted(Shapes.words(shape)));
        }
    }

    @Override
    public Node record(Tape tape, String name, Node input, RandomGenerator random) {
        if (input.shape.size() != shape.size()) {
            throw Shapes.unlike(
                    name,
                    this,
                    shape.size() + " numbers a row",
                    input,
                    "Give a shape of " + input.shape.size() + " numbers");
        }
        return tape.add(new ReshapeNode(name, this, input, tape.parameters(), tape.tasks()));
    }

    @Override
    public String toString() {
        if (shape instanceof Shape.Image image) {
            return "reshape(" + image.channels() + ", " + image.height() + ", " + image.width() + ")";
        } else if (shape instanceof Shape.Series series) {
            return "reshape(" + series.length() + ", " + series.width() + ")";
        }
        return "flatten()";
    }
}
