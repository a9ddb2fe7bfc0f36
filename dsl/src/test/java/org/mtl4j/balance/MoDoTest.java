package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class MoDoTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return MoDo.asPublished().gamma(0.05).rho(0.2);
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR; // gamma is a rate
    }

    @Override
    String printed() {
        return "modo().gamma(0.05).rho(0.2)";
    }

    /** The weights after so many steps on these gradients, which both batches have. */
    private static double[] after(MoDo modo, int steps, double[][] gradients) {
        Weighting weighting = modo.start(tasks(gradients.length));
        double[] weights = new double[gradients.length];
        for (int s = 0; s < steps; s++) {
            weighting.weigh(Steps.ofGradients(gradients, 1), weights);
        }
        return weights;
    }

    @Test
    void on_gradients_without_noise_it_comes_to_the_shortest_update() {
        double[][] gradients = {{2, 1, 0}, {-1, 1, 0.5}, {3, 3, 1}};
        double[] shortest = new double[3];
        Mgda.asPublished().start(tasks(3)).weigh(Steps.ofGradients(gradients, 1), shortest);
        assertThat(after(MoDo.asPublished().gamma(0.05).rho(0), 3000, gradients))
                .containsExactly(shortest, within(1e-9));
    }

    @Test
    void a_strong_pull_keeps_the_weights_even() {
        double[] weights = after(MoDo.asPublished().gamma(1e-3).rho(900), 200, new double[][] {{1, 0}, {0, 3}});
        assertThat(weights[0]).isCloseTo(0.5, within(0.01));
    }

    @Test
    void a_move_that_is_no_number_is_left_out() {
        double[] weights = after(MoDo.asPublished().gamma(1e300), 1, new double[][] {{1e150, 0}, {0, 1e150}});
        assertThat(weights).containsExactly(0.5, 0.5);
    }

    @Test
    void numbers_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> MoDo.asPublished().gamma(-1))
                .hasMessage("modo().gamma(-1.0): it is a finite number of at least 0.%nLeave it out for LibMTL's."
                        .formatted());
        assertThatThrownBy(() -> MoDo.asPublished().rho(Double.NaN)).hasMessageStartingWith("modo().rho(NaN)");
    }

    @Test
    void its_batches_have_no_rows_in_common_to_compare_representations_of() {
        assertThatThrownBy(() -> MoDo.asPublished().atRepresentation())
                .hasMessage(
                        "modo().atRepresentation(): it compares the gradients of two batches by all shared parameters.%nLeave it out, or take a method that reads one batch, such as mgda() or pcgrad()."
                                .formatted());
    }
}
