package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AlternatingTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return new Alternating(1).every(5);
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    boolean hasOneAnswer(double[][] gradients) {
        return gradients.length == 1; // tasks take turns in their order
    }

    @Override
    String printed() {
        return "alternating().every(5)";
    }

    private static double[] weights(Alternating alternating, long number, int... labelled) {
        WeighingStep step = Steps.ofLosses(new double[labelled.length]);
        step.begin(number);
        System.arraycopy(labelled, 0, step.labelled(), 0, labelled.length);
        double[] weights = new double[labelled.length];
        alternating.start(step.names()).weigh(step, weights);
        return weights;
    }

    @Test
    void tasks_take_turns_of_so_many_steps() {
        Alternating alternating = new Alternating(2);
        int[] turns = {0, 0, 1, 1, 2, 2, 0, 0, 1};
        for (int n = 0; n < turns.length; n++) {
            double[] expected = new double[3];
            expected[turns[n]] = 1;
            assertThat(weights(alternating, n, 4, 4, 4)).containsExactly(expected);
        }
        assertThat(weights(alternating, 6_000_000_005L, 1, 1, 1)).containsExactly(0, 0, 1);
        assertThat(weights(alternating, 7, 1)).containsExactly(1);
    }

    @Test
    void a_turn_without_labels_goes_to_the_next_task_that_has_some() {
        assertThat(weights(new Alternating(1), 1, 4, 0, 0)).containsExactly(1, 0, 0);
        assertThat(weights(new Alternating(1), 1, 4, 0, 2)).containsExactly(0, 0, 1);
        assertThat(weights(new Alternating(1), 1, 0, 0, 0)).containsExactly(0, 0, 0);
    }

    @Test
    void a_turn_of_no_steps_is_an_error() {
        assertThatThrownBy(() -> new Alternating(1).every(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("alternating().every(0): it is a number of steps, at least 1.\n"
                        + "Give how many steps a task trains before the next.");
        assertThat(new Alternating(1)).hasToString("alternating()");
    }
}
