package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProjectOutTest extends BalancerContract {

    private static final ProjectOut PROJECT_OUT = ProjectOut.of("task 0");

    @Override
    Balancer balancer(List<String> tasks) {
        return PROJECT_OUT;
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    String printed() {
        return "projectOut(\"task 0\")";
    }

    private double[] weights(double[]... gradients) {
        return weights(PROJECT_OUT, tasks(gradients.length), gradients, 1, 1);
    }

    /** The update by the definition, on the vectors. @param gradients the main task's first. */
    private static double[] projected(double[][] gradients) {
        double[] sum = gradients[0].clone();
        for (int i = 1; i < gradients.length; i++) {
            double product = Steps.dot(gradients[i], gradients[0]);
            double share = product < 0 ? product / Steps.dot(gradients[0], gradients[0]) : 0;
            for (int p = 0; p < sum.length; p++) {
                sum[p] += gradients[i][p] - share * gradients[0][p];
            }
        }
        return sum;
    }

    @Test
    void auxiliary_gradients_in_conflict_lose_their_component_along_the_main_one() {
        for (long seed = 1; seed <= 30; seed++) {
            double[][] gradients = normal(2 + (int) seed % 5, 6, 1, seed);
            double[] update = Steps.combination(weights(gradients), gradients);
            assertThat(update).containsExactly(projected(gradients), within(1e-13));
            double square = Steps.dot(gradients[0], gradients[0]);
            assertThat(Steps.dot(update, gradients[0])).isGreaterThanOrEqualTo(square * (1 - 1e-14));
        }
    }

    @Test
    void with_two_tasks_it_is_the_half_of_pcgrad_that_spares_the_main_one() {
        double[][] gradients = {{2, 0}, {-1, 3}};
        assertThat(weights(gradients)).containsExactly(1.5, 1); // (-1, 3) becomes (0, 3)
        double[][] friends = {{2, 0}, {1, 3}};
        assertThat(weights(friends)).containsExactly(1, 1);
    }

    @Test
    void of_an_opposite_gradient_nothing_is_left_and_a_zero_one_projects_nobody() {
        double[][] opposite = {{1, 2}, {-3, -6}};
        assertThat(Steps.combination(weights(opposite), opposite)).containsExactly(1, 2);
        assertThat(weights(new double[] {0, 0}, new double[] {1, 1})).containsExactly(1, 1);
    }

    @Test
    void a_batch_without_the_main_task_passes_and_a_task_without_labels_weighs_nothing() {
        double[][] gradients = {{0, 0}, {-1, 1}, {0, 0}};
        WeighingStep step = Steps.ofGradients(gradients, 1);
        step.labelled()[0] = 0;
        step.labelled()[2] = 0;
        double[] weights = new double[3];
        PROJECT_OUT.start(tasks(3)).weigh(step, weights);
        assertThat(weights).containsExactly(0, 1, 0);
    }

    @Test
    void a_main_task_that_is_not_trained_is_an_error_and_so_is_one_without_a_name() {
        assertThatThrownBy(() -> ProjectOut.of("rain").start(List.of("income", "age")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("projectOut(\"rain\"): the main task 'rain' is no task of the recipe.\n"
                        + "The tasks are [income, age].");
        assertThatThrownBy(() -> ProjectOut.of(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("projectOut(\" \"): the main task has no name.\n"
                        + "Give the task itself: projectOut(income).");
    }

    @Test
    void a_subset_with_the_main_task_is_served_as_it_is() {
        List<String> subset = List.of("task 3", "task 0");
        double[][] gradients = {{-1, 3}, {2, 0}};
        assertThat(weights(PROJECT_OUT.restrictTo(subset), subset, gradients, 1, 1))
                .containsExactly(1, 1.5);
        assertThat(PROJECT_OUT.headsWeighted()).hasToString("projectOut(\"task 0\").headsWeighted()");
        assertThat(PROJECT_OUT.headsWeighted().heads()).isEqualTo(Balancer.Heads.WEIGHTED);
    }
}
