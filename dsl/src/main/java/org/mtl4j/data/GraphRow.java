package org.mtl4j.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A graph as a row of data: {@code graph(nodes).edge(0, 1).edge(1, 2)}. A frozen value.
 *
 * @param nodes features of each node, [nodes][features]
 * @param edges directed edges; an undirected one is two
 * @param edgeFeatures features of each edge, [edges][features]; empty if edges have none
 */
public record GraphRow(List<List<Double>> nodes, List<Edge> edges, List<List<Double>> edgeFeatures) {

    /**
     * A directed edge.
     *
     * @param source the node that a message comes from
     * @param target the node that it goes to
     */
    public record Edge(int source, int target) {}

    public GraphRow {
        nodes = nodes.stream().map(List::copyOf).toList();
        edges = List.copyOf(edges);
        edgeFeatures = edgeFeatures.stream().map(List::copyOf).toList();
        if (nodes.isEmpty() || nodes.get(0).isEmpty()) {
            throw new IllegalArgumentException(
                    "graph(..): it has %d nodes and its first has no feature.%nGive at least one node with at least one feature; a graph may be without edges."
                            .formatted(nodes.size()));
        }
        if (!edgeFeatures.isEmpty() && edgeFeatures.size() != edges.size()) {
            throw new IllegalArgumentException(
                    "graph(..): %d of %d edges have features.%nGive features to every edge or to none."
                            .formatted(edgeFeatures.size(), edges.size()));
        }
    }

    /** A graph of these nodes and no edges yet. @param nodes [nodes][features] */
    public static GraphRow of(double[]... nodes) {
        return new GraphRow(Arrays.stream(nodes).map(GraphRow::list).toList(), List.of(), List.of());
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    /** This graph with an edge in both directions, with these features. */
    public GraphRow edge(int one, int other, double... features) {
        return directed(one, other, features).directed(other, one, features);
    }

    /** This graph with an edge in one direction, with these features. */
    public GraphRow directed(int source, int target, double... features) {
        List<Edge> more = new ArrayList<>(edges);
        more.add(new Edge(source, target));
        List<List<Double>> described = new ArrayList<>(edgeFeatures);
        if (features.length > 0) {
            described.add(list(features));
        }
        return new GraphRow(nodes, more, described);
    }
}
