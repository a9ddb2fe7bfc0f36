package org.mtl4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Recurrent;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;

class RnnTest {

    private static final Rnn BI_LSTM = Rnn.of(Recurrent.Cell.LSTM, Recurrent.Direction.BOTH, 4);

    private final Tape tape = new Tape(1);

    private Node record(Encoder encoder, Shape shape) {
        return encoder.record(tape, "encoder", Sources.of(tape.input("x", shape)), Draws.generator(1));
    }

    private List<String> parameters() {
        return tape.parameters().list().stream()
                .map(p -> p.name() + " " + p.rows() + "x" + p.columns())
                .toList();
    }

    @Test
    void words_get_vectors_and_each_layer_reads_the_one_below() {
        Node top = record(BI_LSTM.embedding(3).layers(2).dropout(0.1), new Shape.Tokens(6, 9));
        assertThat(top.shape()).isEqualTo(new Shape.Series(6, 8));
        assertThat(parameters())
                .containsExactly(
                        "encoder.embedding.weight 9x3",
                        "encoder.0.weight_ih 3x16",
                        "encoder.0.weight_hh 4x16",
                        "encoder.0.bias_ih 1x16",
                        "encoder.0.bias_hh 1x16",
                        "encoder.0.weight_ih_reverse 3x16",
                        "encoder.0.weight_hh_reverse 4x16",
                        "encoder.0.bias_ih_reverse 1x16",
                        "encoder.0.bias_hh_reverse 1x16",
                        "encoder.1.weight_ih 8x16",
                        "encoder.1.weight_hh 4x16",
                        "encoder.1.bias_ih 1x16",
                        "encoder.1.bias_hh 1x16",
                        "encoder.1.weight_ih_reverse 8x16",
                        "encoder.1.weight_hh_reverse 4x16",
                        "encoder.1.bias_ih_reverse 1x16",
                        "encoder.1.bias_hh_reverse 1x16");
    }

    @Test
    void a_series_goes_in_as_it_is_or_through_a_dense_layer() {
        assertThat(record(Rnn.of(Recurrent.Cell.GRU, Recurrent.Direction.FORWARD, 4), new Shape.Series(6, 2))
                        .shape())
                .isEqualTo(new Shape.Series(6, 4));
        assertThat(parameters()).first().isEqualTo("encoder.0.weight_ih 2x12");
        RnnTest other = new RnnTest();
        other.record(BI_LSTM.embedding(3), new Shape.Series(6, 2));
        assertThat(other.parameters()).startsWith("encoder.embedding.weight 2x3", "encoder.embedding.bias 1x3");
    }

    @Test
    void it_prints_as_the_line_that_makes_it() {
        assertThat(BI_LSTM).hasToString("biLstm(4)");
        assertThat(Rnn.of(Recurrent.Cell.GRU, Recurrent.Direction.FORWARD, 64)
                        .embedding(32)
                        .layers(2)
                        .dropout(0.1))
                .hasToString("gru(64).embedding(32).layers(2).dropout(0.1)");
        assertThat(Rnn.of(Recurrent.Cell.GRU, Recurrent.Direction.BOTH, 8)).hasToString("biGru(8)");
        assertThat(Rnn.of(Recurrent.Cell.LSTM, Recurrent.Direction.FORWARD, 8)).hasToString("lstm(8)");
    }

    @Test
    void an_input_without_places_and_settings_out_of_range_are_errors() {
        assertThatThrownBy(() -> record(BI_LSTM, new Shape.Vector(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Encoder biLstm(4): it takes a text or a series, but input 'x' of the data is features, 3.\n"
                                + "Give the data such an input, or take an encoder for what they have.");
        assertThatThrownBy(() -> Rnn.of(Recurrent.Cell.LSTM, Recurrent.Direction.BOTH, 0))
                .hasMessage("biLstm(0): the width is not positive.\nGive the features of a state: biLstm(64).");
        assertThatThrownBy(() -> BI_LSTM.embedding(0))
                .hasMessage("embedding(0): it needs at least 1.\nGive a positive number.");
        assertThatThrownBy(() -> BI_LSTM.layers(0))
                .hasMessage("layers(0): it needs at least 1.\nGive a positive number.");
        assertThatThrownBy(() -> BI_LSTM.dropout(1))
                .hasMessage("dropout(1.0): a probability lies in [0, 1).\nGive the share of zeros: dropout(0.1).");
    }
}
