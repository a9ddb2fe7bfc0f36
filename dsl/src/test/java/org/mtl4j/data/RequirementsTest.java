package org.mtl4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

class RequirementsTest {

    private static final Target<Label> KIND = Targets.classes("kind");
    private static final Target<Regressor> SIZE = Targets.real("size");

    private static MultiTaskData rows(String[] kinds, double... sizes) {
        return MultiTaskData.dense(new double[kinds.length][1])
                .target(KIND, kinds)
                .target(SIZE, sizes);
    }

    private static final MultiTaskData ALL = rows(new String[] {"a", "b"}, 1, 3);

    @Test
    void tasks_that_the_data_hold_are_fine() {
        Split split = Split.of(ALL, ALL, ALL);
        assertThat(split.requireTargets(List.of(KIND, SIZE))).isSameAs(split);
        assertThat(ALL.requireTargets(List.of(SIZE))).isSameAs(ALL);
    }

    @Test
    void a_task_that_the_data_lack_is_an_error_that_suggests_one() {
        assertThatThrownBy(() -> ALL.requireTargets(List.of(Targets.classes("knid"))))
                .hasMessage("Task 'knid': the data have no target of this name.\n"
                        + "Did you mean 'kind'? Their targets are kind, size.");
        assertThatThrownBy(() -> MultiTaskData.dense(new double[1][1]).requireTargets(List.of(KIND)))
                .hasMessage("Task 'kind': the data have no target of this name.\nTheir targets are none.");
    }

    @Test
    void a_task_of_another_kind_is_an_error() {
        assertThatThrownBy(() -> ALL.requireTargets(List.of(Targets.classes("size"))))
                .hasMessage("Task 'size': the task predicts classes but column 'size' holds real numbers (2.0000 \u00b1"
                        + " 1.0000).\nDeclare it as a regression task, or give the column as classes.");
        assertThatThrownBy(() -> ALL.requireTargets(List.of(Targets.real("kind"))))
                .hasMessage("Task 'kind': the task predicts real numbers but column 'kind' holds classes (a 50.0 %, b"
                        + " 50.0 %).\nDeclare it as a class task, or give the column as numbers.");
    }

    @Test
    void a_task_without_a_training_label_is_an_error() {
        MultiTaskData none = rows(new String[] {"a", "b"}, Double.NaN, Double.NaN);
        assertThatThrownBy(() -> Split.of(none, ALL, ALL).requireTargets(List.of(KIND, SIZE)))
                .hasMessage("Task 'size': none of the 2 training rows carries a label, so there is nothing to learn"
                        + " from.\nLeave the task out, or split so that labelled rows reach the training part.");
    }

    @Test
    void a_class_that_no_training_row_shows_is_an_error() {
        MultiTaskData one = rows(new String[] {"a", "a"}, 1, 2);
        MultiTaskData many = rows(new String[] {"b", "a", "b", "b", "b", "b", "b"}, 1, 2, 3, 4, 5, 6, 7);
        assertThatThrownBy(() -> Split.of(one, one, ALL).requireTargets(List.of(KIND)))
                .hasMessage("Task 'kind': class 'b' is in the test part (row 1) but in no training row.\n"
                        + "Drop these rows, or split with .stratified(kind), or take another seed.");
        assertThatThrownBy(() -> Split.of(one, many, ALL).requireTargets(List.of(KIND)))
                .hasMessageStartingWith(
                        "Task 'kind': class 'b' is in the validation part (rows 0, 2, 3, 4, 5 and 1 more)");
    }

    @Test
    void parts_that_do_not_match_are_errors() {
        MultiTaskData bare = MultiTaskData.dense(new double[2][1]).target(KIND, new String[] {"a", "b"});
        assertThatThrownBy(() -> Split.of(ALL, bare, ALL))
                .hasMessage("The training part has targets [kind, size] and the validation part [kind]: a split has the"
                        + " same in all.\nGive each part every target; rows without a label are fine.");
        MultiTaskData wide = MultiTaskData.dense(new double[2][2]);
        assertThatThrownBy(() -> Split.of(ALL, ALL, wide))
                .hasMessage("Cannot split: training and test part: the features of input 'features' differ.\n"
                        + "Only the second has x1. Give both the same features in the same order.");
        MultiTaskData turned = MultiTaskData.dense(new double[2][1])
                .target(Targets.real("kind"), new double[] {1, 2})
                .target(SIZE, new double[] {1, 2});
        assertThatThrownBy(() -> Split.of(ALL, ALL, turned))
                .hasMessage("Target 'kind' holds 2 classes in the training part and real in the test part.\n"
                        + "Give it the same kind in all.");
    }
}
