package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SdmGradTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return SdmGrad.asPublished().lambda(0.6).iterations(10).rate(0.1).momentum(0.25);
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR; // but for the 1e-8 that is added to the square, not at all
    }

    @Override
    String printed() {
        return "sdmgrad().lambda(0.6).iterations(10).rate(0.1).momentum(0.25)";
    }

    private static double[] weights(SdmGrad balancer, double[][] gradients) {
        double[] weights = new double[gradients.length];
        balancer.start(tasks(gradients.length)).weigh(Steps.ofGradients(gradients, 1), weights);
        return weights;
    }

    @Test
    void without_a_direction_and_after_many_moves_it_is_the_shortest_update() {
        double[][] gradients = {{2, 1, 0}, {-1, 1, 0.5}, {3, 3, 1}};
        double[] shortest = new double[3];
        Mgda.asPublished().start(tasks(3)).weigh(Steps.ofGradients(gradients, 1), shortest);
        SdmGrad patient = SdmGrad.asPublished().lambda(0).rate(0.1).iterations(3000);
        assertThat(weights(patient, gradients)).containsExactly(shortest, within(1e-9));
    }

    @Test
    void with_a_strong_one_it_is_the_mean() {
        double[] weights = weights(SdmGrad.asPublished().lambda(1e9), new double[][] {{1, 0}, {0, 3}});
        assertThat(weights).containsExactly(new double[] {0.5, 0.5}, within(1e-8));
    }

    @Test
    void the_weights_go_on_from_step_to_step_and_the_momentum_does_not() {
        double[][] gradients = {{1, 0.2}, {0.1, 2}};
        SdmGrad one = SdmGrad.asPublished().rate(0.01).iterations(1);
        Weighting weighting = one.start(tasks(2));
        double[] twice = new double[2];
        weighting.weigh(Steps.ofGradients(gradients, 1), twice);
        weighting.weigh(Steps.ofGradients(gradients, 1), twice);
        double[] unmoved = weights(one.iterations(2).momentum(0), gradients);
        assertThat(twice).containsExactly(unmoved, within(1e-15));
        assertThat(weights(one.iterations(2), gradients)[0]).isGreaterThan(unmoved[0]);
    }

    @Test
    void what_leaves_the_numbers_is_left_out() {
        double[] weights = weights(SdmGrad.asPublished().rate(1e300), new double[][] {{1e8, 0}, {0, 1e-8}});
        assertThat(weights[0] + weights[1]).isCloseTo(1, within(1e-12));
    }

    @Test
    void numbers_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> SdmGrad.asPublished().lambda(-1))
                .hasMessage(
                        "sdmgrad().lambda(-1.0): it is a finite number of at least 0.%nGive 0.3, or more for an update nearer to the mean gradient."
                                .formatted());
        assertThatThrownBy(() -> SdmGrad.asPublished().iterations(0))
                .hasMessage(
                        "sdmgrad().iterations(0): it is a number of at least 1.%nGive the authors' 20, or fewer for weights that move less in a step."
                                .formatted());
        assertThatThrownBy(() -> SdmGrad.asPublished().rate(0))
                .hasMessage(
                        "sdmgrad().rate(0.0): it is a finite number above 0.%nGive the authors' 10, or less for weights that move less in a step."
                                .formatted());
        assertThatThrownBy(() -> SdmGrad.asPublished().momentum(1))
                .hasMessage(
                        "sdmgrad().momentum(1.0): it is a number of at least 0 and below 1.%nGive the authors' 0.5, or 0 for none."
                                .formatted());
    }
}
