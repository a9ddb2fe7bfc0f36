package org.mtl4j.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

class TaskTest {

    private static final Loss MAE = new Loss.MeanAbsoluteError(Loss.Reduction.MEAN);
    private static final Loss.BinaryCrossEntropy BCE = new Loss.BinaryCrossEntropy(1, Loss.Reduction.MEAN);

    @Test
    void it_prints_as_the_line_that_makes_it() {
        assertThat(Task.named("income"))
                .hasToString(
                        "task(\"income\") needs a kind: .binary(), .classes(), .multiLabel(), .regression(), .ordinal(), .quantiles(0.1, 0.5, 0.9) or .ranking(); one answer a place: .tags(), .spans(), .nextToken(), .pixels(), .depth() or .normals(); words of its own: .sequence(); objects of images: .boxes(); of two inputs: .pairs(\"image\", \"text\")");
        assertThat(Task.named("income").binary()).hasToString("task(\"income\").binary()");
        assertThat(Task.named("income").positive("yes").weight(0.5))
                .hasToString("task(\"income\").positive(\"yes\").weight(0.5)");
        assertThat(Task.named("digit").classes()).hasToString("task(\"digit\").classes()");
        assertThat(Task.named("digit").classes(12)).hasToString("task(\"digit\").classes(12)");
        assertThat(Task.named("age").regression().loss(MAE)).hasToString("task(\"age\").regression().loss(mae())");
        assertThat(Task.named("a").binary().loss(BCE.positiveWeight(3)))
                .hasToString("task(\"a\").binary().loss(binaryCrossEntropy().positiveWeight(3.0))");
    }

    @Test
    void its_kind_says_what_type_a_model_has() {
        assertThat(Task.named("a").binary().outputType()).isEqualTo(Label.class);
        assertThat(Task.named("a").classes().outputType()).isEqualTo(Label.class);
        assertThat(Task.named("a").regression().outputType()).isEqualTo(Regressor.class);
    }

    @Test
    void tasks_of_ordered_targets_print_as_the_lines_that_make_them() {
        assertThat(Task.named("grade").ordinal("poor", "fair", "good"))
                .hasToString("task(\"grade\").ordinal(\"poor\", \"fair\", \"good\")");
        assertThat(Task.named("stars").ordinal()).hasToString("task(\"stars\").ordinal()");
        assertThat(Task.named("stars").ordinal().loss(new Coral(List.of(1.0, 2.0))))
                .hasToString("task(\"stars\").ordinal().loss(coral().importance(1.0, 2.0))");
        assertThat(Task.named("price").quantiles(0.1, 0.9).weight(2))
                .hasToString("task(\"price\").quantiles(0.1, 0.9).weight(2.0)");
        assertThat(Task.named("relevance").ranking()).hasToString("task(\"relevance\").ranking()");
        assertThat(Task.named("relevance").ranking("query").loss(new MarginRanking(0.5)))
                .hasToString("task(\"relevance\").ranking(\"query\").loss(marginRanking(0.5))");
        assertThat(Task.named("fraud").binary().loss(new Focal(2, List.of(0.25))))
                .hasToString("task(\"fraud\").binary().loss(focal(2.0).alpha(0.25))");
    }

    @Test
    void an_order_of_one_class_or_of_one_twice_is_an_error() {
        assertThatThrownBy(() -> Task.named("grade").ordinal("good", "good"))
                .hasMessage("Task 'grade': ordinal(\"good\", \"good\") is not an order of classes.\n"
                        + "Name at least 2, each once, from the least to the greatest.");
    }

    @Test
    void quantiles_of_other_levels_are_another_loss() {
        assertThatThrownBy(() -> Task.named("price").quantiles(0.1, 0.9).loss(new Pinball(List.of(0.5))))
                .hasMessage("Task 'price': pinball(0.5) does not fit quantiles(0.1, 0.9).\n"
                        + "It takes pinball(0.1, 0.9) only.");
    }

    @Test
    void equal_words_are_equal_tasks() {
        assertThat(Task.named("a").binary())
                .isEqualTo(Task.named("a").binary())
                .hasSameHashCodeAs(Task.named("a").binary());
        assertThat(Task.named("a").binary())
                .isNotEqualTo(Task.named("a").binary().weight(2));
        assertThat(Task.named("a").binary()).isNotEqualTo(Task.named("a").classes());
    }

    @Test
    void a_blank_name_is_an_error() {
        assertThatThrownBy(() -> Task.named(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A task's name is blank.\n" + "Name the column that holds its targets: task(\"income\").");
    }

    @Test
    void a_weight_that_is_negative_or_not_finite_is_an_error() {
        assertThatThrownBy(() -> Task.named("income").binary().weight(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Task 'income': weight -1.0 is not a finite number of at least 0.\n"
                        + "Give a factor on its loss: task(\"income\")....weight(0.5).");
        assertThatThrownBy(() -> Task.named("a").binary().weight(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void one_class_or_fewer_is_an_error() {
        assertThatThrownBy(() -> Task.named("digit").classes(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Task 'digit': classes(1) is not a number of classes.\n"
                        + "Give at least 2, or classes() for as many as the data has.");
    }

    @Test
    void a_loss_of_the_other_kind_is_an_error_that_lists_those_that_fit() {
        assertThatThrownBy(() -> Task.named("income").binary().loss(MAE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Task 'income': mae() does not fit binary().\n"
                        + "It takes binaryCrossEntropy(), focal(2) or a loss of your own.");
        assertThatThrownBy(() -> Task.named("age").regression().loss(BCE))
                .hasMessageStartingWith("Task 'age': binaryCrossEntropy() does not fit regression().");
    }

    @Test
    void a_loss_of_another_number_of_outputs_is_an_error() {
        Loss softmax = new Loss.CrossEntropy(0, List.of(), Loss.Reduction.MEAN);
        assertThatThrownBy(() -> Task.named("income").binary().loss(softmax))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Task 'income': crossEntropy() does not fit binary().");
        assertThatThrownBy(() -> Task.named("digit").classes().loss(BCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Task 'digit': binaryCrossEntropy() does not fit classes().");
    }
}
