package org.mtl4j.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Hard;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Graphs that cannot serve as an encoder, each refused before training with what to do. */
class GraphRulesTest {

    private static final String TITLE = "Encoder sameDiff(\"mine\", graph, \"x\", \"out\"): ";

    /** x [-1, 4], and w [4, 3] to compute with. */
    private static SameDiff graph(Consumer<SameDiff> body) {
        SameDiff graph = SameDiff.create();
        graph.placeHolder("x", DataType.FLOAT, -1, 4);
        graph.var("w", OwnGraphs.uniform(1, 4, 3));
        body.accept(graph);
        return graph;
    }

    private static SDVariable product(SameDiff graph) {
        return graph.getVariable("x").mmul(graph.getVariable("w"));
    }

    private static void refused(SameDiff graph, String message) {
        assertThatThrownBy(() -> SameDiffEncoder.of("mine", graph, "x", "out"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(TITLE + message);
    }

    @Test
    void an_input_is_a_placeholder_of_features() {
        SameDiff graph = OwnGraphs.tanh(4, 3, 1);
        assertThatThrownBy(() -> SameDiffEncoder.of("", graph, "y", "out"))
                .hasMessage(
                        "Encoder sameDiff(graph, \"y\", \"out\"): the graph has no variable 'y'.\nName the placeholder of the features: x.");
        assertThatThrownBy(() -> SameDiffEncoder.of("", graph, "w", "out"))
                .hasMessage(
                        "Encoder sameDiff(graph, \"w\", \"out\"): 'w' is no placeholder but variable 'w' FLOAT [4, 3].\nName the placeholder of the features: x.");
        SameDiff fixed = SameDiff.create();
        SDVariable x = fixed.placeHolder("x", DataType.FLOAT, 32, 4);
        x.mmul(fixed.var("w", OwnGraphs.uniform(1, 4, 3))).rename("out");
        refused(
                fixed,
                "placeholder 'x' is FLOAT [32, 4], but features are FLOAT [-1, in].\nMake it graph.placeHolder(\"x\", DataType.FLOAT, -1, in) with the number of features for in.");
    }

    @Test
    void an_output_is_a_row_of_numbers_per_row() {
        refused(
                graph(g -> product(g).mean(1).rename("out")),
                "output 'out' is FLOAT [3] for 3 rows, but a representation is FLOAT [rows, width].\nName a variable with one row of numbers per row of 'x'.");
        refused(
                graph(g -> product(g).mean().rename("out")),
                "output 'out' is FLOAT [] for 3 rows, but a representation is FLOAT [rows, width].\nName a variable with one row of numbers per row of 'x'.");
        refused(
                graph(g -> product(g).rename("other")),
                "the graph has no variable 'out'.\nName the representation: one of [other].");
        refused(
                graph(g -> g.getVariable("w").mul(2).rename("out")),
                "output 'out' does not depend on input 'x'.\nName the variable that is computed from it: one of [out].");
        refused(
                graph(g -> product(g)
                        .mul(g.placeHolder("mask", DataType.FLOAT, -1, 3))
                        .rename("out")),
                "output 'out' needs placeholder 'mask' too, but only 'x' is fed.\nMake 'mask' a constant.");
    }

    @Test
    void a_row_does_not_depend_on_its_neighbours_or_on_chance() {
        refused(
                graph(g -> g.nn().softmax(product(g), 0).rename("out")),
                "output 'out' of a row changes with the rows beside it, so a prediction would depend on its neighbours.\nTake statistics over a row's numbers, not over the rows.");
        refused(
                graph(g -> product(g)
                        .add(g.random().normal(0, 1, DataType.FLOAT, 1, 3))
                        .rename("out")),
                "output 'out' differs between two passes over the same rows, but same seed means same bits.\nTake the random operations out; mlp(..).dropout(p) draws from the recipe's seed.");
    }

    @Test
    void something_can_be_trained() {
        SameDiff constant = SameDiff.create();
        SDVariable x = constant.placeHolder("x", DataType.FLOAT, -1, 4);
        x.mmul(constant.constant("w", OwnGraphs.uniform(1, 4, 3))).rename("out");
        refused(
                constant,
                "output 'out' depends on no variable that can be trained: [constant 'w' FLOAT [4, 3], placeholder 'x' FLOAT [-1, 4]].\nMake its weights with graph.var(..): constants are not trained.");
        refused(
                graph(g -> product(g).gt(0).castTo(DataType.FLOAT).rename("out")),
                "output 'out' has no gradient with respect to any of its variables [w]: an operation between them gives whole numbers or truth values.\nCompute it with operations on real numbers.");
        SameDiff wide = SameDiff.create();
        SDVariable w = wide.var("w", OwnGraphs.uniform(1, 4, 3).castTo(DataType.DOUBLE));
        wide.placeHolder("x", DataType.FLOAT, -1, 4)
                .castTo(DataType.DOUBLE)
                .mmul(w)
                .castTo("out", DataType.FLOAT);
        refused(
                wide,
                "variable 'w' is DOUBLE [4, 3], but parameters are FLOAT.\nMake its array FLOAT: array.castTo(DataType.FLOAT).");
    }

    @Test
    void the_data_have_its_features() {
        List<Objective> objectives = List.of(new Objective(Task.named("a").regression(), 1, List.of("a")));
        Hard hard = new Hard(SameDiffEncoder.of("mine", OwnGraphs.tanh(4, 3, 1), "x", "out"));
        assertThatThrownBy(() -> Graph.build(hard, "features", 6, objectives, 1))
                .hasMessage(
                        TITLE
                                + "its placeholder 'x' takes 4 features, but input 'features' of the data has 6.\nDeclare the placeholder with shape [-1, 6].");
    }

    @Test
    void the_users_graph_is_left_as_it_is_and_later_changes_are_not_seen() {
        SameDiff graph = OwnGraphs.tanh(4, 3, 1);
        String before = graph.summary();
        SameDiffEncoder encoder = SameDiffEncoder.of("mine", graph, "x", "out");
        assertThat(graph.summary()).isEqualTo(before);
        float[] initial = encoder.frozen().initial();
        graph.getVariable("w").getArr().assign(Nd4j.zeros(DataType.FLOAT, 4, 3));
        assertThat(encoder.frozen().initial()).isEqualTo(initial);
        assertThat(encoder).isNotEqualTo(SameDiffEncoder.of("mine", graph, "x", "out"));
    }
}
