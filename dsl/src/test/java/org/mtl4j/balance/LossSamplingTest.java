package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LossSamplingTest extends BalancerContract {

    private static final int STEPS = 20_000;

    @Override
    Balancer balancer(List<String> tasks) {
        return new LossSampling();
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    boolean hasOneAnswer(double[][] gradients) {
        return gradients.length == 1; // the draw runs through the tasks in their order
    }

    @Override
    String printed() {
        return "sampleByLoss()";
    }

    /** How often each task was trained, of all steps; each step trains one. */
    private static double[] shares(int[] labelled, double... losses) {
        WeighingStep step = Steps.ofLosses(losses);
        System.arraycopy(labelled, 0, step.labelled(), 0, labelled.length);
        Weighting weighting = new LossSampling().start(step.names());
        double[] shares = new double[losses.length];
        double[] weights = new double[losses.length];
        for (int n = 0; n < STEPS; n++) {
            weighting.weigh(step, weights);
            double sum = 0;
            for (int t = 0; t < weights.length; t++) {
                shares[t] += weights[t] / STEPS;
                sum += weights[t];
                assertThat(weights[t]).isIn(0.0, 1.0);
            }
            assertThat(sum).isEqualTo(1);
        }
        return shares;
    }

    @Test
    void tasks_are_trained_in_proportion_to_their_losses() {
        double[] shares = shares(new int[] {1, 1, 1}, 1, 2, 5);
        assertThat(shares).containsExactly(new double[] {0.125, 0.25, 0.625}, within(0.015)); // four standard errors
    }

    @Test
    void only_tasks_with_labels_and_a_loss_are_drawn() {
        assertThat(shares(new int[] {1, 0, 1, 1}, 3, 9, 0, -2))
                .containsExactly(new double[] {1, 0, 0, 0}, within(1e-9));
        assertThat(shares(new int[] {1, 0, 1}, 0, 9, 0)).containsExactly(new double[] {0.5, 0, 0.5}, within(0.015));
        assertThat(shares(new int[] {1, 1}, 1e308, 1e308)).containsExactly(new double[] {0.5, 0.5}, within(0.015));
    }

    @Test
    void without_labels_nothing_is_trained() {
        WeighingStep step = Steps.ofLosses(0, 0);
        step.begin(0);
        double[] weights = {7, 7};
        new LossSampling().start(step.names()).weigh(step, weights);
        assertThat(weights).containsExactly(0, 0);
    }
}
