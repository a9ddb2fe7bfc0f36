package org.mtl4j.layer;

import java.util.random.RandomGenerator;
import org.mtl4j.tensor.Layer;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Reshape;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;

/** All numbers of a row as one vector, in their order. */
public record Flatten() implements Layer {

    @Override
    public Node record(Tape tape, String name, Node input, RandomGenerator random) {
        Shape.Vector vector = new Shape.Vector(input.shape().size());
        return input.shape().equals(vector) ? input : new Reshape(vector).record(tape, name, input, random);
    }

    @Override
    public String toString() {
        return "flatten()";
    }
}
