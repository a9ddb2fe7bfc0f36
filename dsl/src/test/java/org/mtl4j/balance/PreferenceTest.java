package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.balance.Scalariser.Chebyshev;
import org.mtl4j.balance.Scalariser.Pbi;
import org.mtl4j.balance.Scalariser.SmoothChebyshev;
import org.mtl4j.task.Task;

class PreferenceTest extends BalancerContract {

    private static final Preference CHEBYSHEV = Preference.of(new Chebyshev());

    @Override
    Balancer balancer(List<String> tasks) {
        Preference preference = Preference.of(new SmoothChebyshev(0.5));
        for (int t = 0; t < tasks.size(); t++) {
            preference = preference.with("task " + t, t + 1);
        }
        return preference.ideal("task 0", 0.25);
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR; // a factor on the losses is one over mu
    }

    @Override
    String printed() {
        return "smoothChebyshev(0.5).with(\"task 0\", 1.0).with(\"task 1\", 2.0).ideal(\"task 0\", 0.25)";
    }

    private static double[] weights(Preference preference, WeighingStep step) {
        double[] weights = new double[step.tasks()];
        preference.start(step.names()).weigh(step, weights);
        return weights;
    }

    @Test
    void the_task_farthest_above_its_ideal_counts_alone() {
        Preference preference = CHEBYSHEV
                .with(Task.named("task 0").binary(), 0.6)
                .with(Task.named("task 1").binary(), 0.4)
                .ideal(Task.named("task 1").binary(), 1);
        assertThat(weights(preference, Steps.ofLosses(1, 2))).containsExactly(0.6, 0);
        assertThat(weights(preference, Steps.ofLosses(1, 3))).containsExactly(0, 0.4);
    }

    @Test
    void without_preferences_tasks_count_alike() {
        assertThat(weights(CHEBYSHEV, Steps.ofLosses(1, 5, 3, 2))).containsExactly(0, 0.25, 0, 0);
        assertThat(weights(Preference.of(new Pbi(5)), Steps.ofLosses(3))).containsExactly(1);
    }

    @Test
    void a_task_without_labels_takes_no_part() {
        WeighingStep step = Steps.ofLosses(1, 0, 2);
        step.labelled()[1] = 0;
        Preference smooth = Preference.of(new SmoothChebyshev(1))
                .with("task 0", 0.5)
                .with("task 1", 0.2)
                .with("task 2", 0.3);
        double first = Math.exp(0.5);
        double third = Math.exp(0.6);
        assertThat(weights(smooth, step))
                .containsExactly(
                        new double[] {0.5 * first / (first + third), 0, 0.3 * third / (first + third)}, within(1e-15));
        step.labelled()[0] = 0;
        step.labelled()[2] = 0;
        assertThat(weights(smooth, step)).containsExactly(0, 0, 0);
    }

    @Test
    void a_subset_of_the_tasks_takes_its_own_entries() {
        Preference preference = (Preference) balancer(tasks(3));
        assertThat(preference.restrictTo(List.of("task 2", "task 0")))
                .hasToString(
                        "smoothChebyshev(0.5).with(\"task 0\", 1.0).with(\"task 2\", 3.0).ideal(\"task 0\", 0.25)");
        assertThat(preference.restrictTo(List.of("task 1"))).hasToString("smoothChebyshev(0.5).with(\"task 1\", 2.0)");
    }

    @Test
    void tasks_that_are_not_those_of_the_recipe_are_an_error_at_the_start() {
        assertThatThrownBy(() -> CHEBYSHEV.with("income", 0.5).start(List.of("income", "age")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("chebyshev(): no preference for task 'age'; there are preferences for [income].\n"
                        + "Give every task of the recipe a preference.");
        assertThatThrownBy(() -> CHEBYSHEV.ideal("rain", 0.5).start(List.of("income")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("chebyshev(): there is a loss to reach for 'rain', which is no task of the recipe.\n"
                        + "The tasks are [income].");
    }

    @Test
    void numbers_out_of_bounds_are_errors_and_so_are_zeros_alone() {
        assertThatThrownBy(() -> Preference.of(new Pbi(5)).with("income", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pbi(5.0): the preference -1.0 of task 'income' is not a finite number of at least 0.\n"
                        + "Give what it counts beside the others: pbi(5.0).with(\"income\", 0.5).");
        assertThatThrownBy(() -> CHEBYSHEV.ideal("income", Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "chebyshev(): the loss to reach NaN of task 'income' is not a finite number of at least 0.\n"
                                + "Give what it reaches when it is trained alone: chebyshev().ideal(\"income\", 0.1).");
        assertThatThrownBy(() -> CHEBYSHEV.with("income", 0).start(List.of("income")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("chebyshev(): the preferences of [income] are all 0, so no task would be trained.\n"
                        + "Give at least one of them a preference above 0.");
    }
}
