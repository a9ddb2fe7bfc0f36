package org.mtl4j.tensor;

import java.util.List;

/** The features at the places of an input that says a row's own length before them. */
final class PlacesNode extends Node {

    private final int from;

    PlacesNode(InputNode input, int from, int tasks) {
        super(input.name, places(input.shape), input.shape.size(), List.of(input), false, tasks);
        this.from = from;
    }

    private static Shape places(Shape shape) {
        return shape instanceof Shape.Graph graph ? new Shape.Series(graph.nodes(), graph.features()) : shape;
    }

    @Override
    void tell(TapeReader reader) {
        reader.places(this, below());
    }

    @Override
    void forward(int rows, Pass pass) {
        Node input = below();
        for (int r = 0; r < rows; r++) {
            System.arraycopy(input.value, r * input.width + from, value, r * width, width);
        }
    }

    @Override
    void propagate(Layout layout) {
        // no signal reaches an input
    }
}
