package org.mtl4j.data;

import org.mtl4j.tensor.Shape;

/** Where the features at the places of a row lie, counted from the row's first number. Words have no features. */
final class Places {

    private final Shape shape;
    private final boolean hasOwnLength;

    Places(Shape shape) {
        this.shape = shape;
        this.hasOwnLength = shape.inputSize() != shape.size();
    }

    /** The number of features at a place. */
    int features() {
        if (shape instanceof Shape.Tokens) {
            return 0;
        }
        return shape.size() / shape.positions();
    }

    /** How many places a row has. @param rows from {@code row} on */
    int count(float[] rows, int row) {
        return hasOwnLength ? (int) rows[row] : shape.positions();
    }

    /** How many places a row has. */
    int count(Input input, int row) {
        return hasOwnLength ? (int) input.get(row, 0) : shape.positions();
    }

    /** The number of feature c at place p. */
    int at(int p, int c) {
        if (shape instanceof Shape.Image) {
            return c * shape.positions() + p;
        }
        int first = shape instanceof Shape.Graph graph ? graph.nodesAt() : shape.inputSize() - shape.size();
        return first + p * features() + c;
    }
}
