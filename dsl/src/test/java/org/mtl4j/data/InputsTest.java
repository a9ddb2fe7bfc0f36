package org.mtl4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.tensor.Shape;

class InputsTest {

    private static float[] row(Input input, int row) {
        float[] values = new float[input.width()];
        input.copyRow(row, values, 0);
        return values;
    }

    @Test
    void texts_become_numbers_of_words_the_commonest_first() {
        Input text = Inputs.tokens(List.of(List.of("a", "b", "a"), List.of("c")));
        assertThat(text.features()).containsExactly("<pad>", "<unk>", "a", "b", "c");
        assertThat(text.shape()).isEqualTo(new Shape.Tokens(3, 5));
        assertThat(row(text, 0)).containsExactly(3, 2, 3, 2);
        assertThat(row(text, 1)).containsExactly(1, 4, 0, 0);
    }

    @Test
    void a_word_that_is_not_in_the_vocabulary_is_the_unknown_one_or_an_error() {
        assertThat(row(Inputs.tokens(List.of(List.of("x")), List.of("<pad>", "<unk>", "a")), 0))
                .containsExactly(1, 1);
        assertThatThrownBy(() -> Inputs.tokens(List.of(List.of("x")), List.of("<pad>", "a")))
                .hasMessage("tokens(..): row 0 holds 'x', which is not in the vocabulary of 2 words.\n"
                        + "Add it, or add \"<unk>\" to stand for such words.");
    }

    @Test
    void an_empty_sequence_and_a_word_beyond_the_vocabulary_are_errors() {
        assertThatThrownBy(() -> MultiTaskData.of("text", Inputs.tokens(List.of(List.of("a"), List.of()))))
                .hasMessage("Input 'text': row 1 is empty: a sequence or graph has at least one place.\n"
                        + "Drop the row, or give it one.");
        assertThatThrownBy(() -> MultiTaskData.of("text", Inputs.tokens(new int[][] {{0, 5}}, List.of("a", "b"))))
                .hasMessage(
                        "Input 'text': row 0 holds word number 5 at place 1, but the vocabulary has numbers 0 to 1.\n"
                                + "Give a larger vocabulary, or stand-ins for rare words.");
    }

    @Test
    void graphs_are_filled_up_to_the_largest_and_may_be_without_edges() {
        GraphRow pair = GraphRow.of(new double[] {1, 2}, new double[] {3, 4}).edge(0, 1, 7);
        GraphRow alone = GraphRow.of(new double[] {5, 6});
        Input graphs = Inputs.graphs(List.of(pair, alone));
        assertThat(graphs.shape()).isEqualTo(new Shape.Graph(2, 2, 2, 1));
        assertThat(row(graphs, 0)).containsExactly(2, 2, 1, 2, 3, 4, 0, 1, 1, 0, 7, 7);
        assertThat(row(graphs, 1)).containsExactly(1, 0, 5, 6, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(MultiTaskData.of("molecule", graphs)).asString().contains("Input molecule: graph of up to 2 x 2");
        assertThatThrownBy(() -> Inputs.graphs(List.of(alone.directed(0, 1))))
                .hasMessage("graphs(): graph 0 has an edge from node 0 to node 1, but its nodes are 0 to 0.\n"
                        + "Number the nodes of each graph from 0.");
    }

    @Test
    void channels_and_features_are_standardised_over_all_places_that_rows_have() {
        MultiTaskData data = MultiTaskData.of("image", Inputs.images(2, 1, 2, new float[][] {
                    {1, 3, 10, 10}, {1, 3, 10, 10}
                }))
                .with("series", Inputs.series(new double[][][] {{{1}, {2}}, {{3}}}))
                .with("text", Inputs.tokens(List.of(List.of("a"), List.of("b", "a"))));
        MultiTaskData standardised = Standardisation.fit(data).apply(data);
        assertThat(row(standardised.input("image"), 1)).containsExactly(-1, 1, 0, 0);
        float sd = (float) Math.sqrt(2 / 3.0);
        assertThat(row(standardised.input("series"), 0)).containsExactly(new float[] {2, -1 / sd, 0}, within(1e-6f));
        assertThat(row(standardised.input("series"), 1)).containsExactly(new float[] {1, 1 / sd, 0}, within(1e-6f));
        assertThat(standardised.input("text")).isEqualTo(data.input("text"));
    }

    @Test
    void images_are_made_of_columns_and_their_sizes_must_fit() {
        Input columns = Inputs.features(new double[][] {{1, 2, 3, 4}});
        assertThat(Inputs.images(1, 2, 2, columns).shape()).isEqualTo(new Shape.Image(1, 2, 2));
        assertThatThrownBy(() -> Inputs.images(1, 3, 3, columns))
                .hasMessage("images(1, 3, 3, ..): row 0 has 4 numbers, not 9.\n"
                        + "Give channels x height x width of each image.");
    }

    @Test
    void two_inputs_of_one_name_are_an_error() {
        Input x = Inputs.features(new double[][] {{1}});
        assertThatThrownBy(() -> MultiTaskData.of("x", x).with("x", x))
                .hasMessage("Two inputs are named 'x': names tell inputs apart.\nRename one.");
    }
}
