package org.mtl4j.tensor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@link EdgeFeatures} of a graph input. */
final class EdgeFeaturesNode extends BlockNode {

    private final int from;

    EdgeFeaturesNode(String name, InputNode input, Shape.Graph graph, Parameters parameters, int tasks) {
        super(
                name,
                new EdgeFeatures(),
                new Shape.Series(graph.edges(), graph.edgeFeatures()),
                List.of(input),
                parameters,
                0,
                tasks);
        this.from = graph.edgeFeaturesAt();
    }

    /** None: what the input says first is how many nodes count, not edges. Layers above edges read the input itself. */
    @Override
    @Nullable
    InputNode seekLengths() {
        return null;
    }

    @Override
    void forward(int rows, Pass pass) {
        Node input = below();
        for (int r = 0; r < rows; r++) {
            System.arraycopy(input.value, r * input.width + from, value, r * width, width);
        }
    }

    @Override
    void propagate(Block at) {
        // no signal reaches an input
    }

    @Override
    void gradient(Block at, float[] into, int intoOff) {
        // it has no parameters
    }
}
