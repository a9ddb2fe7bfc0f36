package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SequenceLayersTest {

    @Test
    void an_embedding_has_its_gradients() {
        LayerProbe.of(
                        (tape, in, random) ->
                                SequenceLayers.embedding(tape, "words", in.get(0), 3, Embedding.NO_PADDING, random),
                        new Shape.Tokens(4, 5))
                .check(1, 2, 3);
    }

    @Test
    void the_padding_index_gives_its_row_and_gets_no_gradient() {
        Tape tape = new Tape(1);
        Node words = SequenceLayers.embedding(
                tape, "words", tape.input("x", new Shape.Tokens(3, 4)), 2, 1, Draws.generator(1));
        Parameter weight = tape.parameters().get("words.weight");
        assertThat(tape.parameters().copyOf(weight)).contains(0f, org.assertj.core.api.Assertions.atIndex(2));
        tape.parameters().set(weight, new float[] {1, 2, 3, 4, 5, 6, 7, 8});
        tape.placeHead(words, new TaskHead(0, "head", 1), new Initialiser.Normal(1), Draws.generator(2));
        tape.reserve(1);
        tape.bind("x", new float[] {3, 1, 3, 3});
        tape.forward(1, Node.Pass.TRAIN);
        assertThat(words.value).containsExactly(3, 4, 7, 8, 7, 8);
        java.util.Arrays.fill(tape.output(0).signal(), 1f);
        tape.backward(new double[] {1});
        float[] gradient = tape.parameters().copyOfGradient(weight);
        float[] head = tape.parameters().copyOf(tape.parameters().get("head.weight"));
        assertThat(gradient).containsExactly(0, 0, 0, 0, 0, 0, 2 * head[0], 2 * head[1]);
    }

    @ParameterizedTest
    @EnumSource(Positions.class)
    void positions_have_their_gradients(Positions kind) {
        LayerProbe.of(
                        (tape, in, random) -> SequenceLayers.positions(tape, "positions", in.get(0), kind, random),
                        new Shape.Series(4, 3))
                .check(1, 2, 3);
    }

    @Test
    void what_does_not_fit_is_an_error() {
        Tape tape = new Tape(1);
        Node vector = tape.input("v", 4);
        assertThatThrownBy(() -> SequenceLayers.embedding(tape, "words", vector, 2, 0, Draws.generator(1)))
                .hasMessage("Layer 'words': an embedding reads tokens, but 'v' is 4.\nGive it an input of tokens.");
        assertThatThrownBy(() -> new Embedding(4, 0, 0))
                .hasMessage(
                        "An embedding of 4 words in 0 features: it needs at least 1 of each.\nGive a positive width.");
        assertThatThrownBy(() -> new Embedding(4, 2, 4))
                .hasMessage("An embedding of 4 words: padding index 4 is none of theirs.\nGive an index in 0 .. 3.");
    }

    @Test
    void specs_print_as_their_name_and_numbers() {
        assertThat(new Embedding(20, 8, Embedding.NO_PADDING)).hasToString("embedding(20, 8)");
        assertThat(new Embedding(20, 8, 0)).hasToString("embedding(20, 8).padding(0)");
        assertThat(Positions.SINUSOIDAL).hasToString("sinusoidalPositions()");
    }
}
