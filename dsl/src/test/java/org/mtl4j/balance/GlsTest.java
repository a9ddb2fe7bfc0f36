package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class GlsTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return new Gls();
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    String printed() {
        return "gls()";
    }

    private static double[] weights(double... losses) {
        double[] weights = new double[losses.length];
        new Gls().start(tasks(losses.length)).weigh(Steps.ofLosses(losses), weights);
        return weights;
    }

    private static double geometricMean(double... losses) {
        double product = DoubleStream.of(losses).reduce(1, (a, b) -> a * b);
        return Math.pow(product, 1.0 / losses.length);
    }

    @Test
    void weights_are_the_slopes_of_the_geometric_mean() {
        double[] losses = {0.4, 3, 1.7};
        double[] weights = weights(losses);
        for (int t = 0; t < 3; t++) {
            double[] up = losses.clone();
            double[] down = losses.clone();
            up[t] += 1e-6;
            down[t] -= 1e-6;
            assertThat(weights[t]).isCloseTo((geometricMean(up) - geometricMean(down)) / 2e-6, within(1e-8));
        }
    }

    @Test
    void weighted_losses_are_alike_and_sum_to_the_geometric_mean() {
        double[] weights = weights(2, 8);
        assertThat(weights).containsExactly(new double[] {1, 0.25}, within(1e-15));
        assertThat(weights(5)).containsExactly(1);
    }

    @Test
    void a_task_whose_loss_has_no_logarithm_takes_no_part() {
        assertThat(weights(0, 2, 8)).containsExactly(new double[] {0, 1, 0.25}, within(1e-15));
        assertThat(weights(-1, 3)).containsExactly(0, 1);
        assertThat(weights(0, 0)).containsExactly(0, 0);
    }

    @Test
    void a_task_without_labels_takes_no_part() {
        WeighingStep step = Steps.ofLosses(2, 7, 8);
        step.labelled()[1] = 0;
        double[] weights = new double[3];
        new Gls().start(tasks(3)).weigh(step, weights);
        assertThat(weights).containsExactly(new double[] {1, 0, 0.25}, within(1e-15));
    }

    @Test
    void losses_of_all_sizes_give_finite_weights() {
        double[] losses = new double[64];
        Arrays.fill(losses, 1e300);
        losses[0] = 2e-20;
        for (double weight : weights(losses)) {
            assertThat(weight).isFinite().isNotNegative();
        }
    }
}
