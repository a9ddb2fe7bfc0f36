package org.mtl4j.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.TargetColumn;

class ObjectiveTest {

    private static final TargetColumn TWO =
            TargetColumn.Classes.of("income", List.of("high", "low"), new int[] {0, 1, -1});
    private static final TargetColumn THREE =
            TargetColumn.Classes.of("digit", List.of("0", "1", "2"), new int[] {0, 1, 2});
    private static final TargetColumn ONE = TargetColumn.Classes.of("same", List.of("x"), new int[] {0, 0, 0});
    private static final TargetColumn REALS =
            TargetColumn.Reals.of("place", List.of("x", "y"), new float[] {1, 2, 3, 4, 5, 6});
    private static final MultiTaskData DATA = MultiTaskData.of(
            Map.of("features", Input.Dense.of(List.of("f"), new float[] {1, 2, 3})), List.of(TWO, THREE, ONE, REALS));

    @Test
    void the_data_says_how_many_outputs_a_head_has() {
        assertThat(Objective.bind(Task.named("income").binary(), DATA).outputs())
                .isEqualTo(1);
        assertThat(Objective.bind(Task.named("digit").classes(), DATA).outputs())
                .isEqualTo(3);
        assertThat(Objective.bind(Task.named("digit").classes(12), DATA).outputs())
                .isEqualTo(12);
        assertThat(Objective.bind(Task.named("place").regression(), DATA))
                .matches(Objective::isRegression)
                .returns(2, Objective::outputs)
                .returns(List.of("x", "y"), Objective::labels);
    }

    @Test
    void the_positive_class_of_a_binary_task_is_encoded_as_1() {
        Objective last = Objective.bind(Task.named("income").binary(), DATA);
        assertThat(new float[] {last.encode(0), last.encode(1)}).containsExactly(0f, 1f);
        Objective named = Objective.bind(Task.named("income").positive("high"), DATA);
        assertThat(new float[] {named.encode(0), named.encode(1)}).containsExactly(1f, 0f);
        assertThat(Objective.bind(Task.named("digit").classes(), DATA).encode(2))
                .isEqualTo(2f);
    }

    @Test
    void a_column_of_the_other_kind_is_an_error() {
        assertBindFails(
                Task.named("place").classes(),
                "Task 'place': it predicts classes, but column 'place' holds numbers.\n"
                        + "Declare task(\"place\").regression(), or read the column as classes.");
        assertBindFails(
                Task.named("digit").regression(),
                "Task 'digit': it predicts numbers, but column 'digit' holds classes.\n"
                        + "Declare task(\"digit\").classes(), or read the column as numbers.");
    }

    @Test
    void classes_that_do_not_fit_the_head_are_an_error() {
        assertBindFails(
                Task.named("digit").binary(),
                "Task 'digit': it is binary, but column 'digit' holds 3 classes: [0, 1, 2].\n"
                        + "Declare task(\"digit\").classes().");
        assertBindFails(
                Task.named("income").positive("yes"),
                "Task 'income': the positive class 'yes' is not in column 'income'.\nName one of [high, low].");
        assertBindFails(
                Task.named("digit").classes(2),
                "Task 'digit': the head has 2 outputs but column 'digit' holds class 2.\n"
                        + "Declare task(\"digit\").classes(3), or drop the rows with it.");
        assertBindFails(
                Task.named("same").classes(),
                "Task 'same': column 'same' holds one class only: [x].\n"
                        + "A task needs at least 2 classes; drop the task, or add rows of another class.");
    }

    @Test
    void class_weights_of_another_number_are_an_error() {
        Loss loss = new Loss.CrossEntropy(0, List.of(1.0, 2.0), Loss.Reduction.MEAN);
        assertBindFails(
                Task.named("digit").classes().loss(loss),
                "Task 'digit': 2 class weights for 3 classes.\n"
                        + "Give one weight per class, in the order [0, 1, 2].");
    }

    private static void assertBindFails(Task<?> task, String message) {
        assertThatThrownBy(() -> Objective.bind(task, DATA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
