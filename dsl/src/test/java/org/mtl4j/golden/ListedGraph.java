package org.mtl4j.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.data.GraphRow;
import org.mtl4j.data.Input;
import org.mtl4j.data.Inputs;
import org.mtl4j.layer.Gcn;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Readout;
import tools.jackson.databind.JsonNode;

/** Graph convolutions as a golden file lists them, each with the same activation, and a readout; and its batches of graphs. */
final class ListedGraph {

    private ListedGraph() {}

    /** The encoder of this list; empty where it holds anything else. */
    static Optional<Gcn> encoder(JsonNode list) {
        List<JsonNode> layers = list.valueStream().toList();
        int count = (layers.size() - 1) / 2;
        if (count < 1 || layers.size() != 2 * count + 1) {
            return Optional.empty();
        }
        JsonNode first = layers.get(1);
        Optional<Activation> activation = Activations.named(first.path("type").asString(""), first);
        JsonNode last = layers.get(2 * count);
        boolean known = activation.isPresent()
                && last.path("type").asString("").equals("Readout")
                && List.of("sum", "mean", "max").contains(last.path("kind").asString(""))
                && IntStream.range(0, count)
                        .allMatch(
                                l -> layers.get(2 * l).path("type").asString("").equals("GCN")
                                        && layers.get(2 * l + 1).equals(first));
        if (!known) {
            return Optional.empty();
        }
        int[] widths = IntStream.range(0, count)
                .map(l -> layers.get(2 * l).path("out").asInt())
                .toArray();
        Readout readout = Readout.valueOf(last.path("kind").asString().toUpperCase(Locale.ROOT));
        return Optional.of(Gcn.of(widths).activation(activation.get()).readout(readout));
    }

    /** The names of the convolutions. */
    static List<String> names(JsonNode list) {
        return list.valueStream()
                .filter(each -> each.path("type").asString("").equals("GCN"))
                .map(each -> each.path("name").asString())
                .toList();
    }

    /** The graphs of all batches, one after the other: so that they are padded alike. */
    static Input graphs(JsonNode batches) {
        List<GraphRow> rows = new ArrayList<>();
        batches.forEach(batch -> rows.addAll(rows(batch.path("inputs"))));
        return Inputs.graphs(rows);
    }

    private static List<GraphRow> rows(JsonNode inputs) {
        double[] x = Tensors.values(inputs.path("x"));
        double[] graph = Tensors.values(inputs.path("graph_id"));
        double[] ends = Tensors.values(inputs.path("edge_index"));
        int width = Tensors.width(inputs.path("x"));
        List<GraphRow> rows = new ArrayList<>();
        for (int g = 0; g < count(inputs); g++) {
            int number = g;
            int[] nodes = IntStream.range(0, graph.length)
                    .filter(n -> graph[n] == number)
                    .toArray();
            double[][] features = IntStream.of(nodes)
                    .mapToObj(n -> java.util.Arrays.copyOfRange(x, n * width, (n + 1) * width))
                    .toArray(double[][]::new);
            GraphRow row = GraphRow.of(features);
            for (int e = 0; e < ends.length / 2; e++) {
                int source = place((int) ends[e], nodes);
                if (source >= 0) {
                    row = row.directed(source, place((int) ends[ends.length / 2 + e], nodes));
                }
            }
            rows.add(row);
        }
        return rows;
    }

    private static int place(int node, int[] nodes) {
        return IntStream.range(0, nodes.length)
                .filter(i -> nodes[i] == node)
                .findFirst()
                .orElse(-1);
    }

    /** The graphs of a batch. */
    static int count(JsonNode inputs) {
        double[] graph = Tensors.values(inputs.path("graph_id"));
        return (int) java.util.Arrays.stream(graph).max().orElse(-1) + 1;
    }
}
