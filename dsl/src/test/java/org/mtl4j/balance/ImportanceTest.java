package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.task.Task;

class ImportanceTest extends BalancerContract {

    private static final Importance NONE = new Importance(Map.of());

    @Override
    Balancer balancer(List<String> tasks) {
        Importance importance = NONE;
        for (int t = 0; t < tasks.size(); t++) {
            importance = importance.with("task " + t, t + 1);
        }
        return importance;
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    String printed() {
        return "importance().with(\"task 0\", 1.0).with(\"task 1\", 2.0)";
    }

    @Test
    void weights_are_shares_times_the_number_of_tasks() {
        Importance importance = NONE.with(Task.named("task 0").binary(), 3)
                .with(Task.named("task 1").binary(), 1);
        assertThat(weights(importance, tasks(2), new double[2][4], 1, 1)).containsExactly(1.5, 0.5);
        Importance huge = NONE.with("task 0", 1e308).with("task 1", 1e308);
        assertThat(weights(huge, tasks(2), new double[2][4], 1, 1)).containsExactly(1, 1);
    }

    @Test
    void a_subset_of_the_tasks_shares_anew() {
        Balancer importance = balancer(tasks(4));
        List<String> subset = List.of("task 2", "task 0");
        assertThat(weights(importance.restrictTo(subset), subset, new double[2][4], 1, 1))
                .containsExactly(1.5, 0.5);
        assertThat(importance.restrictTo(subset))
                .hasToString("importance().with(\"task 0\", 1.0).with(\"task 2\", 3.0)");
    }

    @Test
    void tasks_that_are_not_those_of_the_recipe_are_an_error_at_the_start() {
        assertThatThrownBy(() -> NONE.with("income", 3).start(List.of("income", "age")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("importance(): no share for task 'age'; there are shares for [income].\n"
                        + "Give every task of the recipe a share.");
        assertThatThrownBy(() -> NONE.with("income", 3).with("rain", 1).start(List.of("income")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("importance(): there is a share for 'rain', which is no task of the recipe.\n"
                        + "The tasks are [income].");
    }

    @Test
    void a_share_that_is_negative_or_no_number_is_an_error_and_so_are_zeros_alone() {
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> NONE.with("income", bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("importance(): the share " + bad
                            + " of task 'income' is not a finite number of at least 0.\n"
                            + "Give what it counts beside the others: importance().with(\"income\", 3) is three times a"
                            + " task with 1.");
        }
        assertThatThrownBy(() -> NONE.with("income", 0).with("age", 0).start(List.of("income", "age")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("importance(): the shares of [income, age] are all 0, so no task would be trained.\n"
                        + "Give at least one of them a share above 0.");
    }
}
