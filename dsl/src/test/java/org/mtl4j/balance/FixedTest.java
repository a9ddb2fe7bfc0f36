package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FixedTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        Fixed fixed = new Fixed(Map.of());
        for (int t = 0; t < tasks.size(); t++) {
            fixed = fixed.with("task " + t, 0.5 * t);
        }
        return fixed;
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    String printed() {
        return "fixed().with(\"task 0\", 0.0).with(\"task 1\", 0.5)";
    }

    @Test
    void a_subset_of_the_tasks_takes_its_own_weights_in_its_own_order() {
        Balancer fixed = balancer(tasks(4));
        List<String> subset = List.of("task 3", "task 1");
        assertThat(weights(fixed.restrictTo(subset), subset, new double[2][4], 1, 1))
                .containsExactly(1.5, 0.5);
        assertThat(fixed.restrictTo(subset)).hasToString("fixed().with(\"task 1\", 0.5).with(\"task 3\", 1.5)");
    }

    @Test
    void a_weight_for_a_task_that_is_not_trained_is_an_error_at_the_start() {
        assertThatThrownBy(() -> balancer(tasks(3)).start(tasks(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fixed(): there is a weight for 'task 2', which is no task of the recipe.\n"
                        + "The tasks are [task 0, task 1].");
    }

    @Test
    void a_task_without_a_weight_is_an_error_at_the_start() {
        assertThatThrownBy(() -> new Fixed(Map.of("income", 1.0)).start(List.of("income", "age")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fixed(): no weight for task 'age'; there are weights for [income].\n"
                        + "Give every task of the recipe a weight.");
    }

    @Test
    void a_weight_that_is_negative_or_not_finite_is_an_error() {
        assertThatThrownBy(() -> new Fixed(Map.of()).with("income", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fixed(): the weight -1.0 of task 'income' is not a finite number of at least 0.\n"
                        + "Give a factor on its loss: fixed().with(\"income\", 0.5).");
        assertThatThrownBy(() -> new Fixed(Map.of()).with("income", Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
