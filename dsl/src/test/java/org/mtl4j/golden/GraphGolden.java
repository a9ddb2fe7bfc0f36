package org.mtl4j.golden;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.FusionLayers;
import org.mtl4j.tensor.GraphAttention;
import org.mtl4j.tensor.GraphBench;
import org.mtl4j.tensor.GraphConvolution;
import org.mtl4j.tensor.GraphLayers;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.JoinedDense;
import org.mtl4j.tensor.MessagePassing;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Readout;
import tools.jackson.databind.JsonNode;

/**
 * Layers of graphs as their files' formulas define them: the disjoint graphs of a case are a row of a batch each.
 *
 * <p>The weights of GCN, GAT and the readout are [in, out] there as here, GAT's head by head; those of MPNN are [out, in].
 */
final class GraphGolden implements Runner {

    private static final Initialiser ZEROS = new Initialiser.Zeros();
    private static final Activation NONE = new Activation.Identity();
    private static final Activation RELU = new Activation.Relu();
    private static final Map<String, Readout> READOUTS =
            Map.of("sum", Readout.SUM, "mean", Readout.MEAN, "max", Readout.MAX, "attention", Readout.ATTENTION);

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden/layers/1")
                && Set.of("GCN", "GAT", "MPNN", "Readout").contains(file.name());
    }

    @Override
    public void check(JsonNode each) {
        JsonNode inputs = each.path("inputs");
        int[] source = ends(inputs, 0);
        int[] target = ends(inputs, 1);
        JsonNode features = inputs.path("edge_attr");
        int edgeFeatures = features.isMissingNode() ? 0 : Tensors.width(features);
        GraphBench bench = new GraphBench(
                ints(inputs.path("graph_id")), source, target, Tensors.width(inputs.path("x")), edgeFeatures);
        bench.bind(Tensors.floats(inputs.path("x")), edgeFeatures == 0 ? new float[0] : Tensors.floats(features));
        Node output = record(bench, each);
        each.path("params").properties().forEach(named -> bench.set(our(named.getKey()), ours(each, named)));
        float[] y = bench.forward(output);
        Tensors.assertClose("output", y, Tensors.values(each.path("outputs").path("output")), Tensors.OUTPUT);
        JsonNode attention = each.path("aux_outputs").path("attention");
        if (!attention.isMissingNode()) {
            Tensors.assertClose("attention", bench.attention(output), Tensors.values(attention), Tensors.OUTPUT);
        }
        bench.backward(Tensors.floats(each.path("grad_outputs").path("output")));
        Tensors.assertGradient(
                "x", bench.nodeSignal(), Tensors.values(each.path("grad_inputs").path("x")));
        if (each.path("grad_inputs").has("edge_attr")) {
            double[] expected = Tensors.values(each.path("grad_inputs").path("edge_attr"));
            Tensors.assertGradient("edge_attr", bench.edgeSignal(), expected);
        }
        each.path("grad_params").properties().forEach(named -> {
            float[] gradient = theirs(bench, each, named);
            Tensors.assertGradient(named.getKey(), gradient, Tensors.values(named.getValue()));
        });
    }

    private static int[] ints(JsonNode tensor) {
        return IntStream.range(0, Tensors.shape(tensor)[0])
                .map(i -> (int) Tensors.values(tensor)[i])
                .toArray();
    }

    private static int[] ends(JsonNode inputs, int which) {
        if (!inputs.has("edge_index")) {
            return new int[0];
        }
        double[] both = Tensors.values(inputs.path("edge_index"));
        int n = both.length / 2;
        return IntStream.range(0, n).map(e -> (int) both[which * n + e]).toArray();
    }

    private static Node record(GraphBench bench, JsonNode each) {
        JsonNode config = each.path("config");
        RandomGenerator random = Draws.generator(1);
        Node nodes = bench.nodes();
        if (config.has("kind")) {
            return bench.tape()
                    .readout("layer", nodes, READOUTS.get(config.path("kind").asString()));
        } else if (config.has("heads")) {
            return GraphLayers.attention(bench.tape(), "layer", nodes, attention(config), ZEROS, random);
        } else if (config.has("message")) {
            return messagePassing(bench, nodes, config, random);
        }
        GraphConvolution layer = new GraphConvolution(config.path("out").asInt(), NONE);
        return GraphLayers.convolution(bench.tape(), "layer", nodes, layer, ZEROS, random);
    }

    private static GraphAttention attention(JsonNode config) {
        return new GraphAttention(
                config.path("out").asInt(),
                config.path("heads").asInt(),
                config.path("concat").asBoolean() ? GraphAttention.Merge.CONCATENATE : GraphAttention.Merge.MEAN,
                config.path("negative_slope").asDouble(),
                NONE);
    }

    private static Node messagePassing(GraphBench bench, Node nodes, JsonNode config, RandomGenerator random) {
        MessagePassing layer = new MessagePassing(config.path("message").asInt(), RELU);
        List<Node> read = config.path("edge").asInt(0) == 0 ? List.of(nodes) : List.of(nodes, bench.edges());
        Node heard = GraphLayers.messages(bench.tape(), "layer.message", read, layer, ZEROS, random);
        if (config.path("update").asString().equals("gru")) {
            return GraphLayers.gruStep(bench.tape(), "layer.gru", heard, nodes, ZEROS, random);
        }
        JoinedDense update = new JoinedDense(config.path("node").asInt(), RELU);
        return FusionLayers.joinedDense(bench.tape(), "layer.update", List.of(nodes, heard), update, ZEROS, random);
    }

    private static String our(String name) {
        return "layer." + name;
    }

    private static boolean isTurned(JsonNode each, int[] shape) {
        return each.path("config").has("message") && shape.length == 2;
    }

    /** GAT's weight [heads, in, out] is [in, heads, out] here. */
    private static float[] ours(JsonNode each, Map.Entry<String, JsonNode> named) {
        float[] values = Tensors.floats(named.getValue());
        int[] shape = Tensors.shape(named.getValue());
        if (shape.length == 3) {
            return swapped(values, shape[0], shape[1], shape[2]);
        }
        return isTurned(each, shape) ? Tensors.transposed(values, shape[0], shape[1]) : values;
    }

    private static float[] theirs(GraphBench bench, JsonNode each, Map.Entry<String, JsonNode> named) {
        float[] gradient = bench.gradient(our(named.getKey()));
        int[] shape = Tensors.shape(named.getValue());
        if (shape.length == 3) {
            return swapped(gradient, shape[1], shape[0], shape[2]);
        }
        Parameter ours = bench.tape().parameters().get(our(named.getKey()));
        return isTurned(each, shape) ? Tensors.transposed(gradient, ours.rows(), ours.columns()) : gradient;
    }

    /** [a, b, c] as [b, a, c]. */
    private static float[] swapped(float[] values, int a, int b, int c) {
        float[] result = new float[values.length];
        for (int i = 0; i < a; i++) {
            for (int j = 0; j < b; j++) {
                System.arraycopy(values, (i * b + j) * c, result, (j * a + i) * c, c);
            }
        }
        return result;
    }
}
