package org.mtl4j.data;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.tensor.Shape;

/** Rows that are graphs, as users have them. */
final class Graphs {

    private Graphs() {}

    static ShapedInput of(List<GraphRow> rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("graphs(): there is no graph.\nGive one per row.");
        }
        int nodes = rows.stream().mapToInt(row -> row.nodes().size()).max().orElse(1);
        int edges = rows.stream().mapToInt(row -> row.edges().size()).max().orElse(0);
        int features = rows.get(0).nodes().get(0).size();
        int edgeFeatures = rows.stream()
                .flatMap(row -> row.edgeFeatures().stream())
                .mapToInt(List::size)
                .findFirst()
                .orElse(0);
        Shape.Graph shape = new Shape.Graph(nodes, features, edges, edgeFeatures);
        float[] values = new float[rows.size() * shape.inputSize()];
        for (int r = 0; r < rows.size(); r++) {
            check(rows.get(r), r, shape);
            fill(rows.get(r), shape, values, r * shape.inputSize());
        }
        return ShapedInput.of(shape, names(features), values);
    }

    private static List<String> names(int features) {
        List<String> names = new ArrayList<>();
        for (int f = 0; f < features; f++) {
            names.add("x" + f);
        }
        return names;
    }

    private static void check(GraphRow row, int r, Shape.Graph shape) {
        for (List<Double> node : row.nodes()) {
            if (node.size() != shape.features()) {
                throw new IllegalArgumentException(
                        "graphs(): graph %d has a node with %d features, but the first node of graph 0 has %d.%nGive every node as many."
                                .formatted(r, node.size(), shape.features()));
            }
        }
        for (int e = 0; e < row.edges().size(); e++) {
            GraphRow.Edge edge = row.edges().get(e);
            int most = row.nodes().size() - 1;
            if (edge.source() < 0 || edge.source() > most || edge.target() < 0 || edge.target() > most) {
                throw new IllegalArgumentException(
                        "graphs(): graph %d has an edge from node %d to node %d, but its nodes are 0 to %d.%nNumber the nodes of each graph from 0."
                                .formatted(r, edge.source(), edge.target(), most));
            }
        }
        for (List<Double> edge : row.edgeFeatures()) {
            if (edge.size() != shape.edgeFeatures()) {
                throw new IllegalArgumentException(
                        "graphs(): graph %d has an edge with %d features, others have %d.%nGive every edge as many."
                                .formatted(r, edge.size(), shape.edgeFeatures()));
            }
        }
    }

    private static void fill(GraphRow row, Shape.Graph shape, float[] into, int at) {
        into[at] = row.nodes().size();
        into[at + 1] = row.edges().size();
        write(row.nodes(), into, at + shape.nodesAt());
        for (int e = 0; e < row.edges().size(); e++) {
            into[at + shape.sourcesAt() + e] = row.edges().get(e).source();
            into[at + shape.targetsAt() + e] = row.edges().get(e).target();
        }
        write(row.edgeFeatures(), into, at + shape.edgeFeaturesAt());
    }

    private static void write(List<List<Double>> rows, float[] into, int from) {
        int at = from;
        for (List<Double> row : rows) {
            for (double value : row) {
                into[at++] = (float) value;
            }
        }
    }
}
