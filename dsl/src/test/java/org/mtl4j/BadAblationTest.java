package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mtl4j.Mtl.ablate;
import static org.mtl4j.Mtl.equal;
import static org.mtl4j.Mtl.fixed;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.single;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.data.TargetColumn;

/** What a study refuses, before it trains. */
class BadAblationTest {

    private static final Recipe RECIPE = hard(mlp(8)).tasks(CASUAL, RAIN).epochs(1);

    private static void fails(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void a_subset_of_an_unknown_task() {
        fails(
                () -> ablate(RECIPE).subset(CASUAL, REGISTERED),
                "subset(): 'registered' is no task of the recipe.\nThe tasks are [casual, rain].");
    }

    @Test
    void a_subset_without_a_task_or_with_one_twice() {
        fails(
                () -> ablate(RECIPE).subset(),
                "subset(): the axis has no value.\nGive at least one: subset(casual, registered).");
        fails(() -> ablate(RECIPE).subset(RAIN, RAIN), "subset(): rain stands there twice.\nName each value once.");
    }

    @Test
    void a_subset_that_is_there_already() {
        fails(
                () -> ablate(RECIPE).subset(CASUAL, RAIN).subset(RAIN, CASUAL),
                "subset(): casual, rain is a subset of the study already.\nName each subset once.");
        fails(
                () -> ablate(RECIPE).pairs().subset(RAIN, CASUAL),
                "subset(): casual, rain is a subset of the study already.\nName each subset once.");
    }

    @Test
    void an_axis_without_values() {
        Ablation study = ablate(RECIPE);
        fails(study::balance, "balance(): the axis has no value.\nGive at least one: balance(equal(), pcgrad()).");
        fails(study::sharing, "sharing(): the axis has no value.\nGive at least one: sharing(hard(mlp(64))).");
        fails(() -> study.labels(RAIN), "labels(): the axis has no value.\nGive at least one: labels(rain, 100, 300).");
        fails(study::rates, "rates(): the axis has no value.\nGive at least one: rates(3e-4, 1e-3, 3e-3).");
    }

    @Test
    void a_value_twice_on_an_axis() {
        Ablation study = ablate(RECIPE);
        fails(
                () -> study.balance(equal(), pcgrad(), equal()),
                "balance(): equal() stands there twice.\nName each value once.");
        fails(
                () -> study.sharing(hard(mlp(8)), hard(mlp(8))),
                "sharing(): hard(mlp(8)) stands there twice.\nName each value once.");
        fails(() -> study.labels(RAIN, 20, 20), "labels(): 20 of rain stands there twice.\nName each value once.");
        fails(() -> study.rates(0.1, 0.1), "rates(): 0.1 stands there twice.\nName each value once.");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -3})
    void fewer_than_one_seed(int seeds) {
        fails(
                () -> ablate(RECIPE).seeds(seeds),
                "seeds(" + seeds + "): a study has at least 1.\nGive a positive number, such as seeds(5).");
    }

    @Test
    void fewer_than_one_worker() {
        fails(
                () -> ablate(RECIPE).workers(0),
                "ablate(): workers(0) is less than 1.\nGive a positive number, such as workers(2).");
    }

    @Test
    void labels_of_an_unknown_task_or_none_or_more_than_there_are() {
        fails(
                () -> ablate(RECIPE).labels(REGISTERED, 10),
                "labels(): 'registered' is no task of the recipe.\nThe tasks are [casual, rain].");
        fails(
                () -> ablate(RECIPE).labels(RAIN, 10, 0),
                "labels(rain, 0): it leaves nothing to learn from.\nKeep at least 1 label.");
        fails(
                () -> ablate(RECIPE).labels(RAIN, 100, 5000).run(Toys.split()),
                "Task 'rain': labels(.., 5,000) but the training part has 140 labels of it.\n"
                        + "Keep at most 140, or give the training part a larger share.");
    }

    @Test
    void more_trainings_than_the_budget() {
        Ablation study =
                ablate(RECIPE).balance(equal(), pcgrad()).withoutTunedFixed().seeds(250);
        fails(
                () -> study.run(Toys.split()),
                "ablate(): 1,000 trainings are more than the budget of 500.\n"
                        + "Name fewer values on an axis, or allow them: .budget(1000).");
        assertThat(study.budget(1000))
                .asString()
                .startsWith("ablate(recipe).balance(equal(), pcgrad()).withoutTunedFixed().seeds(250).budget(1000)\n");
        fails(
                () -> study.seeds(2).budget(7).run(Toys.split()),
                "ablate(): 8 trainings are more than the budget of 7.\n"
                        + "Name fewer values on an axis, or allow them: .budget(8).");
    }

    @Test
    void no_labelled_validation_row() {
        Split split = Toys.split();
        MultiTaskData unlabelled = MultiTaskData.dense(new double[2][4])
                .target(CASUAL, new double[] {1, 2})
                .target(REGISTERED, new double[] {1, 2})
                .with(TargetColumn.Classes.of("rain", List.of("dry", "wet"), new int[] {-1, -1}));
        assertThat(unlabelled.target("rain").labelled()).isZero();
        Split noRain = Split.of(split.train(), unlabelled, split.test());
        fails(
                () -> ablate(RECIPE).run(noRain),
                "ablate(): no validation row carries a label of 'rain', so neither its rate nor its epoch can be chosen.\n"
                        + "Split so that labelled rows reach the validation part, or leave the task out.");
    }

    @Test
    void a_balancer_that_lacks_a_task() {
        fails(
                () -> ablate(RECIPE).balance(fixed(CASUAL, 1)),
                "fixed(): no weight for task 'rain'; there are weights for [casual].\nGive every task of the recipe a weight.");
    }

    @Test
    void a_study_without_a_cell_that_makes_sense() {
        fails(
                () -> ablate(RECIPE).sharing(single(mlp(8))).balance(pcgrad()).run(Toys.split()),
                "ablate(): there is nothing to compare: 1 cell left out: a gradient method where nothing is shared.\n"
                        + "Train at least two tasks together, and balance them by their losses where nothing is shared.");
    }

    @Test
    void a_question_that_the_study_has_not_asked() {
        Recipe three = hard(mlp(8)).tasks(CASUAL, RAIN, REGISTERED).epochs(1);
        AblationResult all = ablate(three).seeds(1).run(Toys.split());
        fails(
                all::transfer,
                "transfer(): the study has neither a pair of tasks, nor all tasks and all but one, trained in this way.\n"
                        + "Add .pairs() or .leaveOneOut() to it, or ask for one of its ways: [equal()].");
        fails(
                () -> all.scarcity(RAIN),
                "scarcity(rain): the study does not vary the labels of this task.\nAdd .labels(rain, 100, 300, 1000) to it.");
        AblationResult pairs = ablate(three).pairs().seeds(1).run(Toys.split());
        fails(
                pairs::deltaM,
                "deltaM(): no training of the study is of all tasks.\nAdd .subset(casual, rain, registered) to it.");
    }
}
