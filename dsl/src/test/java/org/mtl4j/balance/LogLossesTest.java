package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LogLossesTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return new LogLosses();
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR; // the logarithm's slope: weights go as 1 over the factor
    }

    @Override
    String printed() {
        return "logLosses()";
    }

    private static double[] weights(WeighingStep step) {
        double[] weights = new double[step.tasks()];
        new LogLosses().start(step.names()).weigh(step, weights);
        return weights;
    }

    @Test
    void weights_are_the_slopes_of_the_sum_of_logarithms() {
        double[] losses = {0.4, 3};
        double[] weights = weights(Steps.ofLosses(losses));
        for (int t = 0; t < 2; t++) {
            double slope = (Math.log(losses[t] + 1e-6 + 1e-8) - Math.log(losses[t] - 1e-6 + 1e-8)) / 2e-6;
            assertThat(weights[t]).isCloseTo(slope, within(1e-8));
        }
    }

    @Test
    void weighted_losses_are_alike_whatever_their_units() {
        double[] weights = weights(Steps.ofLosses(0.001, 1, 1000));
        assertThat(weights).containsExactly(new double[] {1000, 1, 0.001}, within(0.02));
    }

    @Test
    void a_loss_of_0_is_finite_and_a_task_without_labels_takes_no_part() {
        WeighingStep step = Steps.ofLosses(0, -2, 0, 4);
        step.labelled()[2] = 0;
        assertThat(weights(step)).containsExactly(new double[] {1e8, 1e8, 0, 0.25}, within(1e-7));
    }
}
