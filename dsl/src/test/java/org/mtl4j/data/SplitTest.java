package org.mtl4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mtl4j.data.TargetColumn.Classes;
import org.mtl4j.tensor.Shape;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

class SplitTest {

    private static final Target<Label> KIND = Targets.classes("kind");
    private static final Target<Regressor> SIZE = Targets.real("size");

    /** 100 rows whose feature is the row number; kind is b in every tenth row; size misses in every fourth; 10 rows a day. */
    private static MultiTaskData rows() {
        double[][] x = new double[100][1];
        String[] kinds = new String[100];
        double[] sizes = new double[100];
        String[] days = new String[100];
        for (int r = 0; r < 100; r++) {
            x[r][0] = r;
            kinds[r] = r % 10 == 3 ? "b" : "a";
            sizes[r] = r % 4 == 0 ? Double.NaN : r;
            days[r] = "day " + r / 10;
        }
        return MultiTaskData.dense(x).target(KIND, kinds).target(SIZE, sizes).group("day", List.of(days));
    }

    private static int[] numbers(MultiTaskData part) {
        Input.Dense x = (Input.Dense) part.input(MultiTaskData.FEATURES);
        return IntStream.range(0, part.rows()).map(r -> (int) x.get(r, 0)).toArray();
    }

    private static List<int[]> parts(Split split) {
        return List.of(numbers(split.train()), numbers(split.validation()), numbers(split.test()));
    }

    private static int count(MultiTaskData part, String kind) {
        Classes column = (Classes) part.target("kind");
        return (int) IntStream.range(0, part.rows())
                .filter(r -> column.classes().get(column.index(r)).equals(kind))
                .count();
    }

    @Test
    void every_row_is_in_one_part_and_the_shares_are_kept() {
        List<int[]> parts = parts(rows().split(0.7, 0.2, 0.1));
        assertThat(parts.get(0)).hasSize(70);
        assertThat(parts.get(1)).hasSize(20);
        assertThat(parts.get(2)).hasSize(10);
        assertThat(parts.stream().flatMapToInt(Arrays::stream).sorted())
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void the_rows_of_a_seed_are_pinned_for_every_jdk() {
        Split split = rows().split(0.8, 0.1, 0.1);
        assertThat(numbers(split.seed(7).test())).containsExactly(8, 18, 23, 30, 40, 47, 50, 51, 62, 80);
        assertThat(numbers(split.seed(8).stratified(KIND).test()))
                .containsExactly(8, 15, 19, 23, 26, 31, 41, 48, 51, 80);
        assertThat(numbers(split.seed(7).by("day").test())).containsExactly(50, 51, 52, 53, 54, 55, 56, 57, 58, 59);
    }

    @Test
    void the_same_seed_gives_the_same_rows_and_another_gives_others() {
        Split split = rows().split(0.7, 0.15, 0.15);
        assertThat(split.seed()).isEqualTo(Split.DEFAULT_SEED);
        assertThat(numbers(split.seed(3).train()))
                .isEqualTo(numbers(split.redraw(3).train()));
        assertThat(numbers(split.seed(3).train()))
                .isNotEqualTo(numbers(split.seed(4).train()));
    }

    @Test
    void a_wither_changes_no_older_split() {
        Split split = rows().split(0.7, 0.15, 0.15);
        int[] before = numbers(split.train());
        split.seed(9).by("day").labels(SIZE, 3);
        assertThat(numbers(split.train())).isEqualTo(before);
        assertThat(split.train().target("size").labelled()).isGreaterThan(3);
    }

    @Test
    void parts_are_drawn_once() {
        Split split = rows().split(0.7, 0.15, 0.15);
        assertThat(split.train()).isSameAs(split.train());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_split_by_group_never_divides_a_group(long seed) {
        Split split = rows().split(0.6, 0.2, 0.2).by("day").seed(seed);
        Set<String> seen = new HashSet<>();
        for (MultiTaskData part : List.of(split.train(), split.validation(), split.test())) {
            assertThat(seen).doesNotContainAnyElementsOf(part.group("day").keys());
            seen.addAll(part.group("day").keys());
        }
        assertThat(seen).hasSize(10);
        assertThat(split.train().rows()).isEqualTo(60);
        assertThat(split.validation().rows()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_stratified_split_keeps_the_class_shares(long seed) {
        Split split = rows().split(0.6, 0.2, 0.2).stratified(KIND).seed(seed);
        assertThat(split.train().rows()).isEqualTo(60);
        assertThat(count(split.train(), "b")).isBetween(5, 7);
        assertThat(count(split.validation(), "b")).isBetween(1, 3);
        assertThat(count(split.test(), "b")).isBetween(1, 3);
    }

    @Test
    void labels_keeps_n_training_labels_and_all_else() {
        Split full = rows().split(0.6, 0.2, 0.2);
        Split few = full.labels(SIZE, 5);
        assertThat(few.train().target("size").labelled()).isEqualTo(5);
        assertThat(few.train().target("kind").labelled()).isEqualTo(60);
        assertThat(numbers(few.train())).isEqualTo(numbers(full.train()));
        assertThat(few.test().target("size").labelled())
                .isEqualTo(full.test().target("size").labelled());
    }

    @Test
    void fewer_labels_are_a_subset_of_more() {
        TargetColumn five = rows().split(0.6, 0.2, 0.2).labels(SIZE, 5).train().target("size");
        TargetColumn nine = rows().split(0.6, 0.2, 0.2).labels(SIZE, 9).train().target("size");
        for (int r = 0; r < five.rows(); r++) {
            assertThat(!five.isLabelled(r) || nine.isLabelled(r)).isTrue();
        }
    }

    @Test
    void more_labels_than_there_are_is_an_error_that_counts_them() {
        Split split = rows().split(0.6, 0.2, 0.2).labels(SIZE, 70);
        int has = rows().split(0.6, 0.2, 0.2).train().target("size").labelled();
        assertThatThrownBy(split::train)
                .hasMessage("Task 'size': labels(.., 70) but the training part has " + has + " labels of it.\n"
                        + "Keep at most " + has + ", or give the training part a larger share.");
    }

    @Test
    void labels_of_a_task_that_the_data_lack_are_an_error_at_once() {
        String message = "Task 'sise': the data have no target of this name.\n"
                + "Did you mean 'size'? Their targets are kind, size.";
        Split split = rows().split(0.6, 0.2, 0.2);
        assertThatThrownBy(() -> split.labels(Targets.real("sise"), 5)).hasMessage(message);
        assertThatThrownBy(() -> Split.of(rows(), rows(), rows()).labels(Targets.real("sise"), 5))
                .hasMessage(message);
    }

    @Test
    void given_parts_stay_and_their_label_subsets_are_redrawn() {
        MultiTaskData all = rows();
        Split given = Split.of(
                        all.select(IntStream.range(0, 60).toArray()),
                        all.select(IntStream.range(60, 80).toArray()),
                        all.select(IntStream.range(80, 100).toArray()))
                .labels(SIZE, 5);
        Split again = given.redraw(2);
        assertThat(numbers(again.train())).isEqualTo(numbers(given.train()));
        assertThat(labelledRows(again)).isNotEqualTo(labelledRows(given)).hasSize(5);
        assertThat(given.toString())
                .contains("Split: given parts, the same for every seed (only label subsets are drawn again);"
                        + " 5 training labels of 'size'; seed 1.");
    }

    private static List<Integer> labelledRows(Split split) {
        TargetColumn size = split.train().target("size");
        return IntStream.range(0, size.rows()).filter(size::isLabelled).boxed().toList();
    }

    @Test
    void generated_parts_follow_the_seed() {
        Split split = Split.drawn("a window of rows", 4, seed -> {
            int at = (int) seed;
            return new Parts(rows().select(at), rows().select(at + 1), rows().select(at + 2));
        });
        assertThat(numbers(split.train())).containsExactly(4);
        assertThat(numbers(split.redraw(8).test())).containsExactly(10);
        assertThat(split.toString()).contains("\nSplit: a window of rows; seed 4.\n");
    }

    @Test
    void classes_of_given_parts_are_numbered_alike() {
        MultiTaskData a = MultiTaskData.dense(new double[][] {{1}, {2}}).target(KIND, new String[] {"b", "c"});
        MultiTaskData b = MultiTaskData.dense(new double[][] {{3}}).target(KIND, new String[] {"a"});
        Split split = Split.of(a, b, a);
        Classes train = (Classes) split.train().target("kind");
        Classes validation = (Classes) split.validation().target("kind");
        assertThat(train.classes()).containsExactly("a", "b", "c").isEqualTo(validation.classes());
        assertThat(train.index(0)).isEqualTo(1);
        assertThat(validation.index(0)).isZero();
    }

    @Test
    void shares_are_checked() {
        assertThatThrownBy(() -> rows().split(0.7, 0.2, 0.2))
                .hasMessage("Split into 0.7 + 0.2 + 0.2: the shares sum to 1.100, not to 1.\n"
                        + "Give three that sum to 1, such as 0.7, 0.15, 0.15.");
        assertThatThrownBy(() -> rows().split(1.0, 0.0, 0.0))
                .hasMessage("Split into 1.0 + 0.0 + 0.0: every part needs a positive share.\n"
                        + "Give three, such as 0.7, 0.15, 0.15.");
        assertThatThrownBy(() -> rows().split(0.998, 0.001, 0.001).train())
                .hasMessage("The validation part would be empty: there are 100 rows.\n"
                        + "Give it a larger share, or more data.");
        assertThatThrownBy(() -> rows().split(0.98, 0.01, 0.01).by("day").train())
                .hasMessage("The validation part would be empty: column 'day' has 10 groups over 100 rows.\n"
                        + "Give it a larger share, or more data.");
    }

    @Test
    void withers_that_cannot_hold_are_errors() {
        Split split = rows().split(0.6, 0.2, 0.2);
        assertThatThrownBy(() -> split.by("dya"))
                .hasMessage("No group column 'dya'.\nDid you mean 'day'? There is day.");
        assertThatThrownBy(() -> split.by("day").stratified(KIND))
                .hasMessage("A split by group cannot be stratified too: whole groups stay together.\n"
                        + "Choose .by(..) or .stratified(..).");
        assertThatThrownBy(() -> split.stratified(SIZE))
                .hasMessage("Task 'size' holds real numbers: stratified(..) keeps the shares of classes.\n"
                        + "Stratify by a class task, or leave it out.");
        assertThatThrownBy(() -> split.labels(SIZE, 0))
                .hasMessage("Task 'size': labels(.., 0) leaves nothing to learn from.\n"
                        + "Keep at least 1 label, or leave the task out.");
        assertThatThrownBy(() -> Split.of(rows(), rows(), rows()).by("day"))
                .hasMessage("by(\"day\") needs one table of rows to split, but this split has given parts, the same for"
                        + " every seed (only label subsets are drawn again).\nCall it on data.split(0.7, 0.15, 0.15).");
    }

    @Test
    void it_prints_parts_rule_seed_and_origin() {
        Split split = rows().origin(
                        Origin.titled("Toy <b>").source("a test").licence("CC0").sha256("0".repeat(64)))
                .split(0.6, 0.2, 0.2)
                .stratified(KIND)
                .seed(3);
        assertThat(split.toString().lines().toList())
                .startsWith("Toy <b>", "part        rows  target  labelled  values")
                .contains("train         60  kind          60  a 90.0 %, b 10.0 %")
                .endsWith(
                        "Split: 60 / 20 / 20 % of the rows, row by row with the class shares of 'kind' in each part; seed"
                                + " 3.",
                        "Input features: 1 column: x0",
                        "Group column day: 10 groups",
                        "Source: a test",
                        "Licence: CC0",
                        "SHA-256: " + "0".repeat(64));
        assertThat(split.toHtml()).contains("Toy &lt;b&gt;").doesNotContain("<b>");
    }

    @Test
    void its_one_input_is_read_as_images_whatever_the_seed() {
        Split split =
                MultiTaskData.dense(new double[10][4]).split(0.6, 0.2, 0.2).images(1, 2, 2);
        assertThat(split.train().input("features").shape()).isEqualTo(new Shape.Image(1, 2, 2));
        assertThat(split.seed(5).test().input("features").shape()).isEqualTo(new Shape.Image(1, 2, 2));
        assertThatThrownBy(() -> split.images(1, 3, 3).train())
                .hasMessage("images(1, 3, 3, ..): row 0 has 4 numbers, not 9.\n"
                        + "Give channels x height x width of each image.");
    }
}
