package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GraphLayersTest {

    private static final Initialiser UNIFORM = new Initialiser.UniformFanIn();
    private static final Activation SMOOTH = new Activation.Tanh();
    private static final Shape.Graph PLAIN = new Shape.Graph(4, 3, 7, 0);
    private static final Shape.Graph WITH_FEATURES = new Shape.Graph(5, 2, 6, 3);

    /** The nodes with a dense layer between them and the input, so that the signals below the layer are seen. */
    private static Node trained(Tape tape, Node nodes, RandomGenerator random) {
        return tape.dense("below.nodes", nodes, nodes.features(), SMOOTH, UNIFORM, random);
    }

    private static Node trainedEdges(Tape tape, Node nodes, RandomGenerator random) {
        Node edges = GraphLayers.edgeFeatures(tape, "edges", nodes);
        return tape.dense("below.edges", edges, edges.features(), SMOOTH, UNIFORM, random);
    }

    private static Node convolution(Tape tape, Node nodes, Activation activation, RandomGenerator random) {
        return GraphLayers.convolution(tape, "gcn", nodes, new GraphConvolution(3, activation), UNIFORM, random);
    }

    private static Node messages(Tape tape, List<Node> inputs, Activation activation, RandomGenerator random) {
        return GraphLayers.messages(tape, "messages", inputs, new MessagePassing(3, activation), UNIFORM, random);
    }

    @Test
    void a_graph_convolution_has_its_gradients() {
        LayerProbe.of((tape, in, random) -> convolution(tape, trained(tape, in.get(0), random), SMOOTH, random), PLAIN)
                .check(1, 2, 3);
    }

    @Test
    void so_has_one_whose_activation_is_told_by_its_input() {
        Activation gelu = new Activation.Gelu();
        LayerProbe.of((tape, in, random) -> convolution(tape, trained(tape, in.get(0), random), gelu, random), PLAIN)
                .check(1, 2);
    }

    @Test
    void so_has_one_on_the_input_itself() {
        LayerProbe.of((tape, in, random) -> convolution(tape, in.get(0), SMOOTH, random), PLAIN)
                .check(1, 2);
    }

    @ParameterizedTest
    @CsvSource({"1, CONCATENATE", "3, CONCATENATE", "1, MEAN", "2, MEAN"})
    void graph_attention_has_its_gradients(int heads, GraphAttention.Merge merge) {
        GraphAttention layer = new GraphAttention(2, heads, merge, 0.2, SMOOTH);
        LayerProbe.of(
                        (tape, in, random) -> GraphLayers.attention(
                                tape, "gat", trained(tape, in.get(0), random), layer, UNIFORM, random),
                        PLAIN)
                .check(1, 2, 3);
    }

    @Test
    void messages_along_edges_have_their_gradients() {
        LayerProbe.of(
                        (tape, in, random) -> messages(tape, List.of(trained(tape, in.get(0), random)), SMOOTH, random),
                        PLAIN)
                .check(1, 2, 3);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void so_have_messages_with_features_of_the_edges(boolean trainedEdges) {
        LayerProbe.of(
                        (tape, in, random) -> messages(
                                tape,
                                List.of(
                                        trained(tape, in.get(0), random),
                                        trainedEdges
                                                ? trainedEdges(tape, in.get(0), random)
                                                : GraphLayers.edgeFeatures(tape, "edges", in.get(0))),
                                new Activation.Silu(),
                                random),
                        WITH_FEATURES)
                .check(1, 2, 3);
    }

    @Test
    void messages_of_rectified_units_have_their_gradients() {
        LayerProbe.of(
                        (tape, in, random) -> messages(
                                tape,
                                List.of(trained(tape, in.get(0), random), trainedEdges(tape, in.get(0), random)),
                                new Activation.Relu(),
                                random),
                        WITH_FEATURES)
                .check(1, 2, 3);
    }

    @Test
    void a_gated_step_at_each_node_has_its_gradients() {
        LayerProbe.of(
                        (tape, in, random) -> {
                            Node state = trained(tape, in.get(0), random);
                            Node heard = messages(tape, List.of(state), SMOOTH, random);
                            return GraphLayers.gruStep(tape, "gru", heard, state, UNIFORM, random);
                        },
                        PLAIN)
                .check(1, 2, 3);
    }

    @Test
    void a_dense_layer_on_nodes_and_what_they_hear_has_its_gradients() {
        LayerProbe.of(
                        (tape, in, random) -> {
                            Node state = trained(tape, in.get(0), random);
                            Node heard = messages(tape, List.of(state), SMOOTH, random);
                            return FusionLayers.joinedDense(
                                    tape,
                                    "update",
                                    List.of(state, heard, state),
                                    new JoinedDense(4, new Activation.Gelu()),
                                    UNIFORM,
                                    random);
                        },
                        PLAIN)
                .check(1, 2, 3);
    }

    @Test
    void a_dense_layer_on_several_inputs_has_its_gradients() {
        LayerProbe.of(
                        (tape, in, random) -> FusionLayers.joinedDense(
                                tape, "joined", in, new JoinedDense(3, SMOOTH), UNIFORM, random),
                        new Shape.Vector(2),
                        new Shape.Vector(3))
                .check(1, 2, 3);
    }

    @Test
    void an_attention_readout_of_nodes_has_its_gradients() {
        LayerProbe.of((tape, in, random) -> attend(tape, convolution(tape, in.get(0), SMOOTH, random), random), PLAIN)
                .check(1, 2, 3);
    }

    @Test
    void so_has_one_of_a_series() {
        LayerProbe.of((tape, in, random) -> attend(tape, in.get(0), random), new Shape.Series(4, 3))
                .check(1, 2, 3);
    }

    private static Node attend(Tape tape, Node nodes, RandomGenerator random) {
        Node readout = tape.readout("readout", nodes, Readout.ATTENTION);
        Parameter weight = tape.parameters().get("readout.weight");
        tape.parameters().set(weight, SampledTape.normal(weight.size(), 1, random));
        return readout;
    }

    @Test
    void an_attention_readout_begins_as_the_mean() {
        Tape tape = new Tape(1);
        Node series = tape.input("x", new Shape.Series(3, 2));
        Node attention = tape.readout("attention", series, Readout.ATTENTION);
        Node mean = tape.readout("mean", series, Readout.MEAN);
        tape.reserve(2);
        tape.bind("x", new float[] {2, 1, 2, 3, 6, 9, 9, 3, 4, 5, 6, 8, 5, 2});
        tape.forward(2, Node.Pass.EVALUATE);
        assertThat(mean.value()).containsExactly(2, 4, 5, 5);
        assertThat(attention.value()).containsExactly(mean.value(), within(1e-6f));
    }

    @ParameterizedTest
    @EnumSource(Readout.class)
    void layers_walk_only_the_edges_that_a_graph_has(Readout readout) {
        Shape.Graph graph = new Shape.Graph(3, 1, 4, 1);
        float[] row = {2, 1, 1, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0};
        float[] stale = {2, 1, 1, 2, 7, 0, 2, 2, 1, 1, 1, 1, 2, 5, 9, 9, 9};
        assertThat(outputs(graph, readout, stale)).containsExactly(outputs(graph, readout, row));
    }

    private static float[] outputs(Shape.Graph graph, Readout readout, float[] row) {
        Tape tape = new Tape(1);
        RandomGenerator random = Draws.generator(4);
        Node nodes = tape.input("x", graph);
        Node top = convolution(tape, nodes, SMOOTH, random);
        top = GraphLayers.attention(
                tape,
                "gat",
                top,
                new GraphAttention(2, 2, GraphAttention.Merge.CONCATENATE, 0.2, SMOOTH),
                UNIFORM,
                random);
        Node heard = messages(tape, List.of(top, GraphLayers.edgeFeatures(tape, "edges", nodes)), SMOOTH, random);
        Node out = tape.readout("readout", heard, readout);
        tape.reserve(1);
        tape.bind("x", row);
        tape.forward(1, Node.Pass.EVALUATE);
        return out.value().clone();
    }

    @Test
    void a_node_is_its_own_neighbour_once_also_where_the_loop_is_listed() {
        Shape.Graph graph = new Shape.Graph(2, 1, 3, 0);
        float[] without = {2, 2, 1, 3, 0, 1, 0, 1, 0, 0};
        float[] with = {2, 3, 1, 3, 0, 1, 1, 1, 0, 1};
        for (GraphAttention.Merge merge : GraphAttention.Merge.values()) {
            assertThat(neighbours(graph, merge, with)).containsExactly(neighbours(graph, merge, without));
        }
    }

    private static float[] neighbours(Shape.Graph graph, GraphAttention.Merge merge, float[] row) {
        Tape tape = new Tape(1);
        RandomGenerator random = Draws.generator(4);
        Node top = convolution(tape, tape.input("x", graph), SMOOTH, random);
        GraphAttention layer = new GraphAttention(2, 2, merge, 0.2, SMOOTH);
        Node out = GraphLayers.attention(tape, "gat", top, layer, UNIFORM, random);
        tape.reserve(1);
        tape.bind("x", row);
        tape.forward(1, Node.Pass.EVALUATE);
        return out.value().clone();
    }

    @Test
    void a_layer_of_graphs_refuses_other_inputs() {
        Tape tape = new Tape(1);
        Node features = tape.input("pixels", 784);
        assertThatThrownBy(() -> convolution(tape, features, SMOOTH, Draws.generator(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Layer 'gcn': it takes the nodes of a graph, but 'pixels' has the shape 784.%nGive it an input of graphs, or take a layer for that shape."
                                .formatted());
        Node series = tape.input("words", new Shape.Series(9, 4));
        assertThatThrownBy(() -> messages(tape, List.of(series), SMOOTH, Draws.generator(1)))
                .hasMessageStartingWith(
                        "Layer 'messages': it takes the nodes of a graph, but 'words' has the shape 9 x 4.");
    }

    @Test
    void edge_features_need_edges_that_have_some() {
        Tape tape = new Tape(1);
        Node nodes = tape.input("molecule", PLAIN);
        assertThat(GraphLayers.hasEdgeFeatures(nodes)).isFalse();
        assertThatThrownBy(() -> GraphLayers.edgeFeatures(tape, "edges", nodes))
                .hasMessage(
                        "Layer 'edges': input 'molecule' is a graph of up to 4 x 3, 7 edges, and its edges have no features.%nGive the data edge features, or take a layer without them."
                                .formatted());
    }

    @Test
    void joined_inputs_need_the_same_places() {
        Tape tape = new Tape(1);
        List<Node> inputs = List.of(tape.input("a", 3), tape.input("b", new Shape.Series(4, 2)));
        JoinedDense layer = new JoinedDense(2, SMOOTH);
        assertThatThrownBy(() -> FusionLayers.joinedDense(tape, "joined", inputs, layer, UNIFORM, Draws.generator(1)))
                .hasMessage(
                        "Layer 'joined': it joins features of the same places, but 'a' has the shape 3 and 'b' 4 x 2.%nGive a readout to each first, so that all are vectors."
                                .formatted());
    }

    @Test
    void layers_check_their_numbers() {
        assertThatThrownBy(() -> new GraphConvolution(0, SMOOTH))
                .hasMessage("graphConvolution: 0 features.%nGive a positive number of them.".formatted());
        assertThatThrownBy(() -> new GraphAttention(4, 0, GraphAttention.Merge.MEAN, 0.2, SMOOTH))
                .hasMessage("graphAttention: 0 heads.%nGive a positive number of them.".formatted());
        assertThatThrownBy(() -> new GraphAttention(4, 1, GraphAttention.Merge.MEAN, -1, SMOOTH))
                .hasMessage("graphAttention: a slope of -1.0.%nGive a number that is at least 0, as 0.2.".formatted());
    }
}
