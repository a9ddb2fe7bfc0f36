package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ByLabelsTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return new ByLabels(-1);
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    String printed() {
        return "byLabels().power(-1.0)";
    }

    private static double[] weights(double power, long... labels) {
        WeighingStep step = Steps.ofLosses(new double[labels.length]);
        System.arraycopy(labels, 0, step.trainingLabels(), 0, labels.length);
        double[] weights = new double[labels.length];
        new ByLabels(power).start(step.names()).weigh(step, weights);
        return weights;
    }

    @Test
    void weights_are_the_shares_of_the_labels_times_the_number_of_tasks() {
        assertThat(weights(1, 300, 100)).containsExactly(1.5, 0.5);
        assertThat(weights(1, 1000, 600, 400)).containsExactly(1.5, 0.9, 0.6);
        assertThat(weights(1, 300, 0)).containsExactly(2, 0);
    }

    @Test
    void a_power_turns_them_around_or_flattens_them() {
        assertThat(weights(-1, 300, 100)).containsExactly(new double[] {0.5, 1.5}, within(1e-15));
        assertThat(weights(0.5, 400, 100)).containsExactly(new double[] {4 / 3.0, 2 / 3.0}, within(1e-15));
        assertThat(weights(0, 300, 0, 7)).containsExactly(1, 1, 1);
        assertThat(weights(10, 1_000_000_000L, 1_000_000_000L)).containsExactly(1, 1);
    }

    @Test
    void a_task_without_labels_has_no_weight_under_a_negative_power() {
        assertThatThrownBy(() -> weights(-0.5, 300, 0, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("byLabels().power(-0.5): no training row carries a label of task 'task 1', so the number of"
                        + " labels gives it no weight.\n"
                        + "Leave the task out, or split so that labelled rows reach the training part.");
        assertThatThrownBy(() -> weights(1, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("byLabels(): no training row carries a label of task 'task 0'");
    }

    @Test
    void a_power_out_of_reach_is_an_error() {
        for (double bad : new double[] {11, -10.5, Double.NaN, Double.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> new ByLabels(1).power(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("byLabels().power(" + bad + "): it is a number from -10.0 to 10.0.\n"
                            + "Give 1 for weights by the number of labels, or -1 for the inverse.");
        }
    }

    @Test
    void without_a_power_it_prints_plainly() {
        assertThat(new ByLabels(ByLabels.DEFAULT_POWER)).hasToString("byLabels()");
    }
}
