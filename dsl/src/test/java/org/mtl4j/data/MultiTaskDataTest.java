package org.mtl4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.data.TargetColumn.Classes;
import org.mtl4j.data.TargetColumn.Reals;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

class MultiTaskDataTest {

    private static final Target<Label> KIND = Targets.classes("kind");
    private static final Target<Regressor> SIZE = Targets.real("size");

    private static Map<String, Input> features(int rows) {
        return Map.of("features", Input.Dense.of(List.of("a", "b"), new float[rows * 2]));
    }

    @Test
    void arrays_become_inputs_and_targets() {
        MultiTaskData data = MultiTaskData.dense(new double[][] {{1, 2}, {3, 4}, {5, 6}})
                .target(KIND, new String[] {"b", null, "a"})
                .target(SIZE, new double[] {0.5, 1.5, Double.NaN})
                .target(Targets.classes("digit"), new int[] {2, -1, 0})
                .target(Targets.real("pose"), new double[][] {{1, 2}, {Double.NaN, Double.NaN}, {3, 4}});
        assertThat(data.rows()).isEqualTo(3);
        assertThat(data.targets()).containsExactly("kind", "size", "digit", "pose");
        assertThat(((Input.Dense) data.input("features")).features()).containsExactly("x0", "x1");
        assertThat(((Input.Dense) data.input("features")).get(2, 1)).isEqualTo(6);
        Classes kind = (Classes) data.target("kind");
        assertThat(kind.classes()).containsExactly("a", "b");
        assertThat(List.of(kind.index(0), kind.index(1), kind.index(2))).containsExactly(1, -1, 0);
        assertThat(data.target("size").labelled()).isEqualTo(2);
        assertThat(((Classes) data.target("digit")).classes()).containsExactly("0", "1", "2");
        assertThat(data.target("pose").isLabelled(1)).isFalse();
        assertThat(((Reals) data.target("pose")).dimensions()).containsExactly("DIM-0", "DIM-1");
    }

    @Test
    void float_arrays_are_copied() {
        float[][] x = {{1}, {2}};
        MultiTaskData data = MultiTaskData.dense(x);
        x[0][0] = 9;
        assertThat(((Input.Dense) data.input("features")).get(0, 0)).isEqualTo(1);
    }

    @Test
    void rows_are_selected_in_order_with_groups_and_masks() {
        MultiTaskData data = MultiTaskData.dense(new double[][] {{1}, {2}, {3}})
                .target(SIZE, new double[] {1, Double.NaN, 3})
                .group("day", List.of("mo", "tu", "we"))
                .select(2, 1);
        assertThat(((Input.Dense) data.input("features")).get(0, 0)).isEqualTo(3);
        assertThat(data.target("size").isLabelled(1)).isFalse();
        assertThat(data.group("day").key(0)).isEqualTo("we");
        assertThatThrownBy(() -> data.select())
                .hasMessage("A selection of 0 rows: data need at least one.\nSelect some rows.");
    }

    @Test
    void columns_of_unequal_length_are_an_error() {
        assertThatThrownBy(() -> MultiTaskData.dense(new double[3][1]).target(SIZE, new double[] {1, 2}))
                .hasMessage(
                        "Target 'size' has 2 rows but input 'features' has 3: each row needs a place in every column.\n"
                                + "Give a missing label as null, -1 or NaN.");
        assertThatThrownBy(() -> MultiTaskData.dense(new double[3][1]).group("day", List.of("mo")))
                .hasMessageStartingWith("Group column 'day' has 1 rows but input 'features' has 3");
    }

    @Test
    void a_target_named_twice_is_an_error() {
        assertThatThrownBy(() -> MultiTaskData.dense(new double[1][1])
                        .target(SIZE, new double[] {1})
                        .target(SIZE, new double[] {1}))
                .hasMessage("Two targets are named 'size': names tell tasks apart.\nRename one.");
    }

    @Test
    void no_input_and_no_rows_are_errors() {
        assertThatThrownBy(() -> MultiTaskData.of(Map.of(), List.of()))
                .hasMessage("Data without an input: there is nothing to predict from.\n"
                        + "Give at least one, such as Map.of(\"features\", Input.Dense.of(names, values)).");
        assertThatThrownBy(() -> MultiTaskData.of(features(0), List.of()))
                .hasMessage("Input 'features' has 0 rows: data need at least one.\nCheck what was read or selected.");
        assertThatThrownBy(() -> MultiTaskData.dense(new double[0][0]))
                .hasMessage("The array of features holds no rows.\nGive at least one row with one number.");
    }

    @Test
    void a_ragged_array_is_an_error() {
        assertThatThrownBy(() -> MultiTaskData.dense(new double[][] {{1, 2}, {3}}))
                .hasMessage("The array of features is ragged: row 1 holds 1 numbers, row 0 holds 2.\n"
                        + "Give every row as many.");
    }

    @Test
    void a_feature_that_is_not_finite_is_an_error_with_its_place() {
        assertThatThrownBy(() -> MultiTaskData.dense(new double[][] {{1, 2}, {3, Double.NaN}}))
                .hasMessage("Input 'features': row 1, column 'x1' holds NaN, which is not a finite number.\n"
                        + "Drop the row, or fill the cell in (with the column's mean, say) before making the data.");
        assertThatThrownBy(() -> MultiTaskData.dense(new double[][] {{Double.NEGATIVE_INFINITY}}))
                .hasMessageStartingWith("Input 'features': row 0, column 'x0' holds -Infinity");
    }

    @Test
    void a_label_that_is_infinite_or_half_missing_is_an_error() {
        MultiTaskData data = MultiTaskData.dense(new double[1][1]);
        assertThatThrownBy(() -> data.target(SIZE, new double[] {1e300}))
                .hasMessage("Target 'size': row 0, dimension 'DIM-0' holds Infinity, which is not a finite number.\n"
                        + "Correct it, or give NaN for 'no label'.");
        assertThatThrownBy(() -> data.target(SIZE, new double[][] {{1, Double.NaN}}))
                .hasMessage("Target 'size': row 0 has numbers in some dimensions and NaN in others (NaN, dimension"
                        + " 'DIM-1'): a row carries the whole label or none.\n"
                        + "Fill it in, or make every dimension a task of its own.");
        assertThatThrownBy(() -> data.target(SIZE, new double[][] {{Double.NaN, 1}}))
                .hasMessageStartingWith("Target 'size': row 0 has numbers in some dimensions and NaN in others (1.0,");
    }

    @Test
    void a_class_index_without_a_class_is_an_error() {
        assertThatThrownBy(() ->
                        MultiTaskData.of(features(1), List.of(Classes.of("kind", List.of("a", "b"), new int[] {2}))))
                .hasMessage(
                        "Target 'kind': row 0 holds class index 2, but there are 2 classes (0 to 1; -1 for no label).\n"
                                + "Name every class, or correct the index.");
    }

    @Test
    void a_name_that_is_not_there_is_an_error_that_suggests_one() {
        MultiTaskData data = MultiTaskData.dense(new double[1][1]).target(SIZE, new double[] {1});
        assertThatThrownBy(() -> data.target("sise"))
                .hasMessage("No target 'sise'.\nDid you mean 'size'? There is size.");
        assertThatThrownBy(() -> data.input("images")).hasMessage("No input 'images'.\nThere is features.");
        assertThatThrownBy(() -> data.group("day")).hasMessage("No group column 'day'.\nThere are none.");
    }

    @Test
    void stacked_rows_carry_their_own_labels_only() {
        MultiTaskData a = MultiTaskData.dense(new double[][] {{1}, {2}})
                .target(KIND, new String[] {"x", "z"})
                .group("who", List.of("p", "q"));
        MultiTaskData b = MultiTaskData.dense(new double[][] {{3}})
                .target(SIZE, new double[] {7})
                .target(KIND, new String[] {"y"})
                .group("who", List.of("q"));
        MultiTaskData stacked = MultiTaskData.stack(a, b);
        assertThat(stacked.rows()).isEqualTo(3);
        assertThat(stacked.targets()).containsExactly("kind", "size");
        assertThat(stacked.target("size").labelled()).isEqualTo(1);
        assertThat(stacked.target("size").get(2, 0)).isEqualTo(7);
        Classes kind = (Classes) stacked.target("kind");
        assertThat(kind.classes()).containsExactly("x", "y", "z");
        assertThat(List.of(kind.index(0), kind.index(1), kind.index(2))).containsExactly(0, 2, 1);
        assertThat(stacked.group("who").keys()).containsExactly("p", "q");
        assertThat(MultiTaskData.stack(b.select(0), MultiTaskData.dense(new double[][] {{4}}))
                        .targets())
                .containsExactly("size", "kind");
    }

    @Test
    void stacking_unlike_rows_is_an_error_that_names_the_difference() {
        MultiTaskData a = MultiTaskData.of(Map.of("f", Input.Dense.of(List.of("a", "b"), new float[2])), List.of());
        MultiTaskData b = MultiTaskData.of(Map.of("f", Input.Dense.of(List.of("b", "c"), new float[2])), List.of());
        MultiTaskData turned =
                MultiTaskData.of(Map.of("f", Input.Dense.of(List.of("b", "a"), new float[2])), List.of());
        MultiTaskData other = MultiTaskData.of(Map.of("g", Input.Dense.of(List.of("a", "b"), new float[2])), List.of());
        assertThatThrownBy(() -> MultiTaskData.stack(a, b))
                .hasMessage(
                        "Cannot stack: the features of input 'f' differ.\n"
                                + "Only the first has a. Only the second has c. Give both the same features in the same order.");
        assertThatThrownBy(() -> MultiTaskData.stack(a, turned))
                .hasMessage("Cannot stack: the features of input 'f' differ.\n"
                        + "They stand in another order. Give both the same features in the same order.");
        assertThatThrownBy(() -> MultiTaskData.stack(a, other))
                .hasMessage("Cannot stack data with inputs [f] and data with inputs [g].\nGive both the same inputs.");
        MultiTaskData classes = MultiTaskData.dense(new double[1][1]).target(KIND, new String[] {"x"});
        MultiTaskData reals = MultiTaskData.dense(new double[1][1]).target(Targets.real("kind"), new double[] {1});
        assertThatThrownBy(() -> MultiTaskData.stack(classes, reals))
                .hasMessage("Cannot stack target 'kind': it holds 1 classes in one and real in the other.\n"
                        + "Rename one of them.");
    }

    @Test
    void joined_rows_carry_both_targets() {
        MultiTaskData a = MultiTaskData.dense(new double[][] {{1}, {2}}).target(KIND, new String[] {"x", "z"});
        MultiTaskData b = MultiTaskData.dense(new double[][] {{1}, {2}}).target(SIZE, new double[] {7, 8});
        assertThat(a.join(b).targets()).containsExactly("kind", "size");
        assertThatThrownBy(() -> a.join(a))
                .hasMessage("Two targets are named 'kind': names tell tasks apart.\nRename one.");
        assertThatThrownBy(() -> a.join(b.select(0)))
                .hasMessage("Cannot join 2 rows with 1: a join puts the targets of the same rows side by side.\n"
                        + "Stack different rows with MultiTaskData.stack(a, b).");
        assertThatThrownBy(() -> a.join(b.select(1, 0)))
                .hasMessage("Cannot join: row 0, column 'x0' of input 'features' is 1.0 in one and 2.0 in the other.\n"
                        + "A join needs the same rows in the same order; stack different rows with"
                        + " MultiTaskData.stack(a, b).");
    }

    @Test
    void it_prints_targets_inputs_and_origin() {
        MultiTaskData data = MultiTaskData.dense(new double[][] {{1}, {2}, {3}, {4}})
                .target(KIND, new String[] {"x", "<script>", "x", null})
                .target(SIZE, new double[] {1, 3, Double.NaN, Double.NaN})
                .target(Targets.real("none"), new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN})
                .group("day", List.of("a", "a", "b", "c"))
                .origin(Origin.titled("Toys & co")
                        .source("the attic")
                        .licence("CC0")
                        .sha256("a".repeat(64))
                        .note("Counted twice."));
        assertThat(data.toString()).isEqualTo("""
                        Toys & co: 4 rows
                        target  kind       labelled   share  values
                        kind    2 classes         3  75.0 %  <script> 33.3 %, x 66.7 %
                        size    real              2  50.0 %  2.0000 \u00b1 1.0000
                        none    real              0   0.0 %  no label
                        Input features: 1 column: x0
                        Group column day: 3 groups
                        Source: the attic
                        Licence: CC0
                        SHA-256: DIGITS
                        Counted twice.""".replace("DIGITS", "a".repeat(64)));
        assertThat(data.toHtml())
                .contains("Toys &amp; co: 4 rows", "&lt;script&gt; 33.3 %")
                .doesNotContain("<script>");
    }

    @Test
    void of_many_classes_the_rarest_and_the_commonest_are_shown() {
        MultiTaskData data = MultiTaskData.dense(new double[10][1])
                .target(Targets.classes("digit"), new int[] {0, 1, 2, 3, 3, 3, 4, 4, 0, 2});
        assertThat(data.toString()).contains("from 10.0 % (1) to 30.0 % (3)");
    }

    @Test
    void origins_of_two_sources_are_both_named() {
        MultiTaskData a = MultiTaskData.dense(new double[1][1])
                .origin(Origin.titled("A").source("s").licence("MIT").sha256("a".repeat(64)));
        MultiTaskData b = MultiTaskData.dense(new double[1][1])
                .origin(Origin.titled("B").source("s").licence("CC0").sha256("b".repeat(64)));
        Origin both = MultiTaskData.stack(a, b).origin();
        assertThat(both.title()).isEqualTo("A + B");
        assertThat(both.source()).isEqualTo("s");
        assertThat(both.licence()).isEqualTo("MIT + CC0");
        assertThat(both.notes()).containsExactly("SHA-256 of A: " + "a".repeat(64), "SHA-256 of B: " + "b".repeat(64));
        assertThatThrownBy(() -> Origin.titled("A").sha256("AB"))
                .hasMessage("Data set 'A': the SHA-256 'AB' is not 64 hexadecimal digits in lower case.\n"
                        + "Leave it empty, or paste the output of sha256sum.");
    }
}
