package org.mtl4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;

class GraphEncodersTest {

    private static final Shape.Graph MOLECULE = new Shape.Graph(9, 4, 20, 3);
    private static final Shape.Graph PLAIN = new Shape.Graph(9, 4, 20, 0);

    static List<Encoder> encoders() {
        return List.of(
                Gcn.of(6, 5),
                Gat.of(6, 5).heads(2),
                Mpnn.of(6, 5),
                Mpnn.of(6, 5).gru());
    }

    private static Node record(Encoder encoder, Shape input, Tape tape) {
        return encoder.record(tape, "encoder", Sources.of(tape.input("molecule", input)), Draws.generator(1));
    }

    private static List<String> parameters(Encoder encoder, Shape input) {
        Tape tape = new Tape(1);
        record(encoder, input, tape);
        return tape.parameters().list().stream()
                .map(p -> p.name() + " " + p.rows() + "x" + p.columns())
                .toList();
    }

    @Test
    void gcn_has_a_weight_and_a_bias_a_layer() {
        assertThat(parameters(Gcn.of(6, 5), PLAIN))
                .containsExactly(
                        "encoder.0.weight 4x6", "encoder.0.bias 1x6", "encoder.1.weight 6x5", "encoder.1.bias 1x5");
    }

    @Test
    void gat_has_a_weight_and_two_attention_vectors_a_head() {
        assertThat(parameters(Gat.of(5).heads(2), PLAIN))
                .containsExactly(
                        "encoder.0.weight 4x10",
                        "encoder.0.att_src 2x5",
                        "encoder.0.att_dst 2x5",
                        "encoder.0.bias 1x10");
        assertThat(parameters(Gat.of(5).heads(2).averageHeads(), PLAIN)).endsWith("encoder.0.bias 1x5");
    }

    @Test
    void mpnn_reads_edge_features_where_there_are_any() {
        assertThat(parameters(Mpnn.of(6), PLAIN))
                .containsExactly(
                        "encoder.0.message.weight 8x6",
                        "encoder.0.message.bias 1x6",
                        "encoder.0.update.weight 10x6",
                        "encoder.0.update.bias 1x6");
        assertThat(parameters(Mpnn.of(6), MOLECULE)).startsWith("encoder.0.message.weight 11x6");
    }

    @Test
    void the_state_of_a_gated_mpnn_is_brought_to_its_width_first() {
        assertThat(parameters(Mpnn.of(6, 6).gru(), PLAIN))
                .startsWith("encoder.0.state.weight 4x6", "encoder.0.state.bias 1x6")
                .contains("encoder.0.message.weight 12x6", "encoder.0.gru.weight_ih 6x18", "encoder.0.gru.bias_hh 1x18")
                .noneMatch(name -> name.startsWith("encoder.1.state"));
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void nodes_stay_unless_there_is_a_readout(Encoder encoder) {
        Shape shape = record(encoder, MOLECULE, new Tape(1)).shape();
        assertThat(shape).isEqualTo(new Shape.Series(9, encoder instanceof Gat ? 10 : 5));
    }

    @Test
    void a_readout_makes_one_vector() {
        assertThat(record(Gcn.of(6).readout(Readout.SUM), PLAIN, new Tape(1)).shape())
                .isEqualTo(new Shape.Vector(6));
        assertThat(record(Gat.of(6).readout(Readout.ATTENTION), PLAIN, new Tape(1))
                        .name())
                .isEqualTo("encoder.readout");
        assertThat(record(Mpnn.of(6).readout(Readout.MAX), PLAIN, new Tape(1)).shape())
                .isEqualTo(new Shape.Vector(6));
    }

    @Test
    void residual_and_dropout_stand_around_each_layer_that_they_fit() {
        Node top = record(Gcn.of(6, 6).residual().dropout(0.1), PLAIN, new Tape(1));
        assertThat(top.name()).isEqualTo("encoder.1.dropout");
        Node sum = top.inputs().get(0);
        assertThat(sum.name()).isEqualTo("encoder.1.residual");
        assertThat(sum.inputs()).extracting(Node::name).containsExactly("encoder.1", "encoder.0.dropout");
        Node first = sum.inputs().get(1).inputs().get(0);
        assertThat(first.name()).isEqualTo("encoder.0"); // 4 features become 6: nothing to add
    }

    @Test
    void each_prints_as_the_line_that_makes_it() {
        assertThat(encoders())
                .extracting(Object::toString)
                .containsExactly("gcn(6, 5)", "gat(6, 5).heads(2)", "mpnn(6, 5)", "mpnn(6, 5).gru()");
        assertThat(Gcn.of(8)
                        .activation(new Activation.Elu(1))
                        .initialiser(new Initialiser.HeUniform())
                        .dropout(0.2)
                        .residual()
                        .readout(Readout.MEAN))
                .hasToString(
                        "gcn(8).activation(elu(1.0)).initialiser(heUniform()).dropout(0.2).residual().readout(mean())");
        assertThat(Gat.of(8)
                        .averageHeads()
                        .activation(new Activation.Tanh())
                        .initialiser(new Initialiser.HeNormal())
                        .dropout(0.5)
                        .residual()
                        .readout(Readout.ATTENTION))
                .hasToString(
                        "gat(8).averageHeads().activation(tanh()).initialiser(heNormal()).dropout(0.5).residual().readout(attention())");
        assertThat(Mpnn.of(8)
                        .gru()
                        .activation(new Activation.Tanh())
                        .initialiser(new Initialiser.HeNormal())
                        .dropout(0.5)
                        .residual()
                        .readout(Readout.SUM))
                .hasToString(
                        "mpnn(8).gru().activation(tanh()).initialiser(heNormal()).dropout(0.5).residual().readout(sum())");
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void features_in_place_of_a_graph_are_an_error_that_names_both(Encoder encoder) {
        assertThatThrownBy(() -> record(encoder, new Shape.Vector(12), new Tape(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Encoder %s: it takes a graph, but input 'molecule' of the data is features, 12.%nGive the data such an input, or take an encoder for what they have."
                                .formatted(encoder));
        assertThatThrownBy(() -> record(encoder, new Shape.Series(7, 3), new Tape(1)))
                .hasMessageContaining("it takes a graph, but input 'molecule' of the data is a series, 7 x 3.");
    }

    @Test
    void a_graph_in_place_of_features_is_an_error_that_names_both() {
        assertThatThrownBy(() -> record(Mlp.of(8), MOLECULE, new Tape(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Encoder mlp(8): it takes features or an image, but input 'molecule' of the data is a graph of up to 9 x 4, 20 edges x 3.%nGive the data such an input, or take an encoder for what they have."
                                .formatted());
        Tape tape = new Tape(1);
        Sources graph = Sources.of(Map.of("molecule", tape.input("molecule", MOLECULE)));
        assertThatThrownBy(() -> graph.only("biLstm(8)", Shape.Series.class, "a series"))
                .hasMessageContaining("is a graph of up to 9 x 4");
    }

    @Test
    void numbers_that_make_no_layers_are_errors() {
        assertThatThrownBy(Gcn::of)
                .hasMessage("gcn() has no layers.%nGive one width per layer: gcn(64, 64).".formatted());
        assertThatThrownBy(() -> Mpnn.of(8, 0))
                .hasMessage("mpnn(8, 0): width 0 is not positive.%nGive one positive width per layer: mpnn(64, 64)."
                        .formatted());
        assertThatThrownBy(() -> Gat.of(8).heads(0))
                .hasMessage("heads(0): a layer needs at least one.%nGive a positive number: heads(4).".formatted());
        assertThatThrownBy(() -> Gcn.of(8).dropout(1))
                .hasMessage("dropout(1.0): a probability lies in [0, 1).%nGive the share of zeros: dropout(0.1)."
                        .formatted());
    }
}
