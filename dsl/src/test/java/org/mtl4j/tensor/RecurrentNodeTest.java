package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecurrentNodeTest {

    private static final Recurrent LSTM = new Recurrent(Recurrent.Cell.LSTM, Recurrent.Direction.FORWARD, 2, 3);

    @ParameterizedTest
    @CsvSource({"LSTM, FORWARD", "LSTM, BOTH", "GRU, FORWARD", "GRU, BOTH"})
    void a_recurrent_layer_has_its_gradients(Recurrent.Cell cell, Recurrent.Direction direction) {
        LayerProbe.of(
                        (tape, in, random) -> SequenceLayers.recurrent(
                                tape, "layer", in, new Recurrent(cell, direction, 2, 3), random),
                        new Shape.Series(4, 2))
                .check(1, 2, 3);
    }

    @ParameterizedTest
    @CsvSource({"LSTM, FORWARD", "LSTM, BOTH", "GRU, FORWARD", "GRU, BOTH"})
    void so_has_one_that_begins_with_given_states(Recurrent.Cell cell, Recurrent.Direction direction) {
        Shape state = new Shape.Vector(3 * direction.count());
        Shape series = new Shape.Series(4, 2);
        LayerProbe.of(
                        (tape, in, random) -> SequenceLayers.recurrent(
                                tape, "layer", in, new Recurrent(cell, direction, 2, 3), random),
                        cell == Recurrent.Cell.LSTM ? new Shape[] {series, state, state} : new Shape[] {series, state})
                .check(1, 2);
    }

    @ParameterizedTest
    @CsvSource({
        "LSTM, FORWARD, HIDDEN",
        "LSTM, BOTH, HIDDEN",
        "LSTM, BOTH, CELL",
        "LSTM, FORWARD, CELL",
        "GRU, BOTH, HIDDEN"
    })
    void where_it_ends_has_its_gradients(Recurrent.Cell cell, Recurrent.Direction direction, FinalState kind) {
        LayerProbe.of(
                        (tape, in, random) -> SequenceLayers.finalState(
                                tape,
                                "end",
                                SequenceLayers.recurrent(
                                        tape, "layer", in, new Recurrent(cell, direction, 2, 3), random),
                                kind),
                        new Shape.Series(4, 2))
                .check(1, 2, 3);
    }

    @Test
    void layers_on_top_of_each_other_over_words_have_their_gradients() {
        LayerProbe.of(
                        (tape, in, random) -> {
                            Node words =
                                    SequenceLayers.embedding(tape, "words", in.get(0), 3, Embedding.NO_PADDING, random);
                            Node first = SequenceLayers.lstm(tape, "first", words, 2, Recurrent.Direction.BOTH, random);
                            return SequenceLayers.gru(tape, "second", first, 3, Recurrent.Direction.FORWARD, random);
                        },
                        new Shape.Tokens(5, 6))
                .check(1, 2, 3);
    }

    @Test
    void what_lies_beyond_a_rows_length_changes_nothing() {
        float[] x = {2, 1, 2, 3, 4, 7, 8, 3, 1, 1, 2, 2, 3, 3};
        float[] other = {2, 1, 2, 3, 4, -9, 5, 3, 1, 1, 2, 2, 3, 3};
        assertThat(outputs(x)).containsExactly(outputs(other)).endsWith(outputs(x)[11]);
        assertThat(outputs(x)[4]).isZero();
    }

    private static float[] outputs(float[] x) {
        Tape tape = new Tape(1);
        Node in = tape.input("x", new Shape.Series(3, 2));
        Node layer = SequenceLayers.lstm(tape, "layer", in, 1, Recurrent.Direction.BOTH, Draws.generator(3));
        tape.reserve(2);
        tape.bind("x", x);
        tape.forward(2, Node.Pass.EVALUATE);
        return layer.value.clone();
    }

    @ParameterizedTest
    @CsvSource({"LSTM, FORWARD", "LSTM, BOTH", "GRU, FORWARD", "GRU, BOTH"})
    void evaluation_gives_what_training_gives_and_a_row_the_same_bits_among_others(
            Recurrent.Cell cell, Recurrent.Direction direction) {
        Tape tape = new Tape(1);
        Node in = tape.input("x", new Shape.Series(3, 2));
        Recurrent spec = new Recurrent(cell, direction, 2, 5);
        Node layer = SequenceLayers.recurrent(tape, "layer", List.of(in), spec, Draws.generator(3));
        Node end = SequenceLayers.finalState(tape, "end", layer, FinalState.HIDDEN);
        tape.reserve(4);
        float[] x = SampledTape.normal(4 * 7, 1, Draws.generator(4));
        for (int r = 0; r < 4; r++) {
            x[r * 7] = 3 - r; // the last row has no places
        }
        tape.bind("x", x);
        tape.forward(4, Node.Pass.TRAIN);
        float[] trained = layer.value.clone();
        float[] ended = end.value.clone();
        tape.forward(4, Node.Pass.EVALUATE);
        assertThat(layer.value).containsExactly(trained, within(1e-6f));
        assertThat(end.value).containsExactly(ended, within(1e-6f));
        float[] evaluated = layer.value.clone();
        for (int r = 0; r < 4; r++) {
            x[r * 7] = r == 2 ? 1 : 0;
        }
        tape.forward(4, Node.Pass.EVALUATE);
        int width = layer.width();
        assertThat(Arrays.copyOfRange(layer.value, 2 * width, 3 * width))
                .containsExactly(Arrays.copyOfRange(evaluated, 2 * width, 3 * width));
    }

    @Test
    void a_spec_prints_as_a_word_and_its_width() {
        assertThat(LSTM).hasToString("lstm(3)");
        assertThat(new Recurrent(Recurrent.Cell.GRU, Recurrent.Direction.BOTH, 2, 3))
                .hasToString("biGru(3)");
        assertThat(FinalState.HIDDEN).hasToString("finalHidden()");
    }

    @Test
    void what_does_not_fit_is_an_error() {
        Tape tape = new Tape(1);
        Node vector = tape.input("v", 4);
        Node series = tape.input("s", new Shape.Series(3, 2));
        assertThatThrownBy(() -> SequenceLayers.recurrent(tape, "layer", List.of(vector), LSTM, Draws.generator(1)))
                .hasMessage(
                        "Layer 'layer': it reads features at each of several places, but 'v' is 4.\nGive it tokens through an embedding, or a series.");
        assertThatThrownBy(() ->
                        SequenceLayers.recurrent(tape, "layer", List.of(series, vector), LSTM, Draws.generator(1)))
                .hasMessage(
                        "Layer 'layer': lstm(3) begins with 3 numbers, but 'v' has 4.\nGive it states as wide as its output.");
        Node gru = SequenceLayers.gru(tape, "gru", series, 2, Recurrent.Direction.FORWARD, Draws.generator(1));
        assertThatThrownBy(() -> SequenceLayers.finalState(tape, "end", gru, FinalState.CELL))
                .hasMessage("Layer 'end': 'gru' has no finalCell().\nRead it from an LSTM.");
    }
}
