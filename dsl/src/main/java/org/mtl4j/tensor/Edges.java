package org.mtl4j.tensor;

/**
 * The graphs of a batch as their input holds them: how many nodes and edges a row has, and where its edges lead. What lies
 * beyond a row's own edges is never looked at.
 */
final class Edges {

    private final InputNode input;
    private final Shape.Graph graph;

    private Edges(InputNode input, Shape.Graph graph) {
        this.input = input;
        this.graph = graph;
    }

    /**
     * The edges between these nodes.
     *
     * @param layer the layer that walks them, for the error
     * @throws IllegalArgumentException if they are not the nodes of a graph
     */
    static Edges between(String layer, Node nodes) {
        InputNode input = nodes.lengths();
        if (input == null || !(input.shape instanceof Shape.Graph graph)) {
            throw new IllegalArgumentException(
                    "Layer '%s': it takes the nodes of a graph, but '%s' has the shape %s.%nGive it an input of graphs, or take a layer for that shape."
                            .formatted(layer, nodes.name, nodes.shape));
        }
        return new Edges(input, graph);
    }

    /** The input that they are read from. */
    InputNode input() {
        return input;
    }

    /** The most nodes of a row. */
    int mostNodes() {
        return graph.nodes();
    }

    /** The most edges of a row. */
    int most() {
        return graph.edges();
    }

    /** The features of an edge. */
    int features() {
        return graph.edgeFeatures();
    }

    /** The nodes of a row. */
    int nodes(int row) {
        return input.length(row);
    }

    /** The edges of a row. */
    int count(int row) {
        return (int) input.value[row * input.width + 1];
    }

    /** The node that an edge comes from. */
    int source(int row, int edge) {
        return (int) input.value[row * input.width + graph.sourcesAt() + edge];
    }

    /** The node that an edge leads to. */
    int target(int row, int edge) {
        return (int) input.value[row * input.width + graph.targetsAt() + edge];
    }
}
