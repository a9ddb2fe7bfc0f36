package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.task.Task;

class CurriculumTest extends BalancerContract {

    private static final Curriculum NONE = new Curriculum(Map.of(), 1);

    @Override
    Balancer balancer(List<String> tasks) {
        return tasks.size() == 1 ? NONE : NONE.from("task 1", 3).ramp(2);
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    String printed() {
        return "curriculum().from(\"task 1\", 3).ramp(2)";
    }

    private static double[] weights(Curriculum curriculum, int epoch) {
        WeighingStep step = Steps.ofLosses(1, 1);
        step.beginEpoch(epoch);
        double[] weights = new double[2];
        curriculum.start(step.names()).weigh(step, weights);
        return weights;
    }

    @Test
    void a_task_joins_in_its_epoch() {
        Curriculum curriculum = NONE.from(Task.named("task 1").binary(), 2);
        assertThat(weights(curriculum, 0)).containsExactly(1, 0);
        assertThat(weights(curriculum, 1)).containsExactly(1, 0);
        assertThat(weights(curriculum, 2)).containsExactly(1, 1);
        assertThat(weights(curriculum, 9)).containsExactly(1, 1);
        assertThat(weights(NONE, 0)).containsExactly(1, 1);
    }

    @Test
    void with_a_ramp_it_comes_in_little_by_little() {
        Curriculum curriculum = NONE.from("task 1", 1).ramp(4);
        assertThat(weights(curriculum, 0)).containsExactly(0.25, 0);
        assertThat(weights(curriculum, 1)).containsExactly(0.5, 0.25);
        assertThat(weights(curriculum, 3)).containsExactly(1, 0.75);
        assertThat(weights(curriculum, 4)).containsExactly(1, 1);
    }

    @Test
    void a_subset_of_the_tasks_takes_its_own_entries() {
        Curriculum curriculum = NONE.from("task 1", 3).from("task 2", 5);
        assertThat(curriculum.restrictTo(List.of("task 0", "task 2"))).hasToString("curriculum().from(\"task 2\", 5)");
    }

    @Test
    void what_cannot_be_a_curriculum_is_an_error() {
        assertThatThrownBy(() -> NONE.from("income", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "curriculum(): the first epoch -1.0 of task 'income' is not a finite number of at least 0.\n"
                                + "Give the epoch it joins in, from 0: curriculum().from(\"income\", 3).");
        assertThatThrownBy(() -> new Curriculum(Map.of("income", 1.5), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("curriculum(): the first epoch 1.5 of task 'income' is no whole number.\n"
                        + "A task joins at the beginning of an epoch: give 0, 1, 2 or so on.");
        assertThatThrownBy(() -> NONE.ramp(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("curriculum().ramp(0): it is a number of epochs, at least 1.\n"
                        + "Give 1 for tasks that count in full at once.");
        assertThatThrownBy(() -> NONE.from("income", 3).start(List.of("income")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("curriculum(): none of [income] is there in epoch 0, so nothing would be trained in it.\n"
                        + "Let one of them begin with it: leave its from(..) out.");
        assertThatThrownBy(() -> NONE.from("rain", 3).start(List.of("income")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("curriculum(): there is a first epoch for 'rain', which is no task of the recipe.\n"
                        + "The tasks are [income].");
    }
}
