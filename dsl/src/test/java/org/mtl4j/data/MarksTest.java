package org.mtl4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mtl4j.data.TargetColumn.Marks;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.MultiLabelFactory;

/** Labels of which any number holds of a row: what is known, and what becomes of what is not. */
class MarksTest {

    private static final Target<MultiLabel> GENRES = Targets.labels("genres");
    private static final Target<Label> KIND = Targets.classes("kind");
    private static final double UNKNOWN = Double.NaN;

    private static MultiTaskData rows(int n) {
        double[][] x = new double[n][1];
        Arrays.setAll(x, r -> new double[] {r});
        return MultiTaskData.dense(x);
    }

    private static MultiTaskData films() {
        List<@Nullable Collection<String>> genres =
                Arrays.asList(List.of("war", "drama"), null, List.of(), List.of("action"));
        return rows(4).target(GENRES, genres);
    }

    private static Marks genres(MultiTaskData data) {
        return (Marks) data.target("genres");
    }

    /** A row as 1, 0 and ? for unknown. */
    private static String row(Marks marks, int row) {
        StringBuilder text = new StringBuilder();
        for (int l = 0; l < marks.width(); l++) {
            text.append(marks.isKnown(row, l) ? marks.holds(row, l) ? "1" : "0" : "?");
        }
        return text.toString();
    }

    @Test
    void sets_of_labels_are_marks_in_sorted_order_and_null_is_no_label() {
        Marks genres = genres(films());
        assertThat(genres.labels()).containsExactly("action", "drama", "war");
        assertThat(List.of(row(genres, 0), row(genres, 1), row(genres, 2), row(genres, 3)))
                .containsExactly("011", "???", "000", "100");
        assertThat(genres.labelled()).isEqualTo(3);
        assertThat(genres.isLabelled(1)).isFalse();
        assertThat(genres.isLabelled(2)).as("no genre is an answer").isTrue();
        assertThat(films().toString()).contains("3 labels", "action 33.3 %, drama 33.3 %, war 33.3 %");
    }

    @Test
    void single_labels_may_be_unknown() {
        MultiTaskData data =
                rows(2).target(GENRES, List.of("war", "drama"), new double[][] {{1, UNKNOWN}, {UNKNOWN, UNKNOWN}});
        assertThat(row(genres(data), 0)).isEqualTo("1?");
        assertThat(genres(data).isLabelled(0)).isTrue();
        assertThat(genres(data).isComplete(0)).isFalse();
        assertThat(genres(data).isLabelled(1)).isFalse();
        assertThat(genres(data.select(1, 0)).holds(1, 0)).isTrue();
    }

    @Test
    void sources_with_other_labels_leave_them_unknown() {
        MultiTaskData some = rows(1).target(GENRES, List.of(List.of("comedy", "war")));
        MultiTaskData stacked = MultiTaskData.stack(MultiTaskData.stack(films(), some), rows(1));
        Marks genres = genres(stacked);
        assertThat(genres.labels()).containsExactly("action", "comedy", "drama", "war");
        assertThat(row(genres, 0)).isEqualTo("0?11");
        assertThat(row(genres, 4)).isEqualTo("?1?1");
        assertThat(row(genres, 5)).isEqualTo("????");
        Parts parts = new Parts(films(), films().select(0), some);
        assertThat(row(genres(parts.test()), 0)).isEqualTo("?1?1");
        assertThat(row(genres(parts.train()), 0)).isEqualTo("0?11");
    }

    @Test
    void labels_go_to_tribuo_and_back_but_for_rows_that_it_has_no_word_for() {
        MultiTaskData data = rows(4).target(GENRES, List.of("drama", "war"), new double[][] {
                    {1, 1}, {0, 0}, {1, UNKNOWN}, {UNKNOWN, UNKNOWN}
                })
                .target(KIND, new String[] {"a", "b", "a", "b"});
        MutableDataset<MultiLabel> set = TribuoExamples.dataset(data, GENRES, KIND);
        assertThat(set.size()).isEqualTo(2);
        assertThat(set.getExample(0).getOutput().getNameSet()).containsExactlyInAnyOrder("drama", "war");
        assertThat(set.getExample(1).getOutput().getNameSet()).isEmpty();
        MultiTaskData back = TribuoExamples.of(GENRES, set, KIND).join();
        assertThat(row(genres(back), 0)).isEqualTo("11");
        assertThat(row(genres(back), 1)).isEqualTo("00");
        assertThat(back.target("kind").labelled()).isEqualTo(2);
        MultiTaskData carried = TribuoExamples.of(KIND, TribuoExamples.dataset(data, KIND, GENRES), GENRES)
                .join();
        assertThat(List.of(row(genres(carried), 0), row(genres(carried), 1), row(genres(carried), 2)))
                .containsExactly("11", "00", "??");
        assertThat(TribuoExamples.unlabelled(data, GENRES))
                .hasSize(4)
                .allSatisfy(example -> assertThat(example.getOutput()).isEqualTo(MultiLabelFactory.UNKNOWN_MULTILABEL));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_holdout_keeps_a_row_of_every_label(long seed) {
        MultiTaskData data = rows(6).target(
                        GENRES,
                        List.of(
                                List.of("drama"),
                                List.of("drama", "war"),
                                List.of(),
                                List.of("action"),
                                List.of("drama"),
                                List.of()));
        Marks kept = genres(Holdout.of(data, 0.6, seed).kept());
        for (int l = 0; l < 3; l++) {
            int label = l;
            assertThat(IntStream.range(0, kept.rows()).anyMatch(row -> kept.holds(row, label)))
                    .isTrue();
        }
    }

    @Test
    void a_label_that_no_training_row_has_is_an_error() {
        MultiTaskData train = rows(2).target(GENRES, List.of("drama", "war"), new double[][] {{1, 0}, {0, UNKNOWN}});
        assertThatThrownBy(() -> Split.of(train, train, train).requireTargets(List.of(GENRES)))
                .hasMessage(
                        "Task 'genres': no training row has the label 'war', so there is nothing to learn it from.\n"
                                + "Leave the label out, or take another seed, or give the training part a larger share.");
    }

    @Test
    void a_column_of_another_kind_is_an_error() {
        assertThatThrownBy(() -> films().requireTargets(List.of(Targets.classes("genres"))))
                .hasMessage(
                        "Task 'genres': the task predicts classes but column 'genres' holds labels (action 33.3 %, drama 33.3 %, war 33.3 %).\n"
                                + "Declare it as a multi-label task, or give the column as classes.");
        assertThatThrownBy(() -> rows(2).target(Targets.real("size"), new double[] {1, 3})
                        .requireTargets(List.of(Targets.labels("size"))))
                .hasMessage(
                        "Task 'size': the task predicts labels but column 'size' holds real numbers (2.0000 \u00b1 1.0000).\n"
                                + "Declare it as a regression task, or give the column as labels.");
    }

    @Test
    void labels_have_no_strata() {
        assertThatThrownBy(() -> films().split(0.5, 0.25, 0.25).stratified(GENRES))
                .hasMessage("Task 'genres' holds labels: stratified(..) keeps the shares of classes.\n"
                        + "Stratify by a class task, or leave it out.");
    }

    @Test
    void values_and_names_that_cannot_be_are_errors() {
        assertThatThrownBy(() -> rows(2).target(GENRES, List.of(List.of(), List.of())))
                .hasMessage("Target 'genres' has no label: there is nothing to predict.\n"
                        + "Name at least one, or give a row that has one.");
        assertThatThrownBy(() -> rows(1).target(GENRES, List.of("war"), new double[][] {{1, 0}}))
                .hasMessage("Target 'genres': 1 labels [war], but rows of 2 values.\nGive a value per label.");
        assertThatThrownBy(() -> rows(1).target(GENRES, List.of("war"), new double[][] {{0.5}}))
                .hasMessage(
                        "Target 'genres': row 0, label 'war' holds 0.5: a label holds (1), does not (0), or is unknown (NaN).\n"
                                + "Correct it, or declare a regression task.");
        assertThatThrownBy(() -> rows(1).target(GENRES, List.of(List.of("sci-fi, horror"))))
                .hasMessage(
                        "Target 'genres': the label 'sci-fi, horror' is blank, stands twice or has a comma, which parts labels in Tribuo.\n"
                                + "Give every label a name of its own.");
    }
}
