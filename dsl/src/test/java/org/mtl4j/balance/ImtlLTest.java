package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.optimise.Sgd;
import org.mtl4j.optimise.Update;

class ImtlLTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return new ImtlL();
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR; // weights follow s alone; a factor on the losses moves the gradient by s
    }

    @Override
    String printed() {
        return "imtlL()";
    }

    /** Total loss sum_t (exp(s_t) L_t - s_t). */
    private static double total(double[] s, double[] losses) {
        double sum = 0;
        for (int t = 0; t < s.length; t++) {
            sum += Math.exp(s[t]) * losses[t] - s[t];
        }
        return sum;
    }

    @Test
    void weights_and_gradients_are_the_derivatives_of_the_total_loss() {
        double[] losses = {0.3, 2, 0};
        float[] s = {0.25f, -1, 0.5f};
        float[] gradient = new float[3];
        WeighingStep step = Steps.ofLosses(losses);
        step.bindOwn(s, gradient, 0);
        double[] weights = new double[3];
        new ImtlL().start(tasks(3)).weigh(step, weights);
        for (int t = 0; t < 3; t++) {
            double[] up = {s[0], s[1], s[2]};
            double[] down = up.clone();
            up[t] += 1e-6;
            down[t] -= 1e-6;
            assertThat((double) gradient[t]).isCloseTo((total(up, losses) - total(down, losses)) / 2e-6, within(1e-6));
            assertThat(weights[t]).isCloseTo(Math.exp(s[t]), within(1e-12));
        }
    }

    @Test
    void trained_to_the_end_each_weighted_loss_is_1() {
        double[] losses = {0.5, 4};
        float[] s = new ImtlL().start(tasks(2)).ownParameters();
        float[] gradient = new float[2];
        double[] weights = new double[2];
        Update update = Sgd.of(0.1).start(2);
        for (int i = 0; i < 500; i++) {
            WeighingStep step = Steps.ofLosses(losses);
            step.bindOwn(s, gradient, 0);
            new ImtlL().start(tasks(2)).weigh(step, weights);
            update.step(s, gradient, 0.1);
        }
        assertThat(weights).containsExactly(new double[] {2, 0.25}, within(1e-5));
    }

    @Test
    void a_task_without_labels_leaves_its_scale_as_it_is() {
        float[] gradient = {7, 7};
        WeighingStep step = Steps.ofLosses(0, 3);
        step.labelled()[0] = 0;
        step.bindOwn(new float[] {1, 0}, gradient, 0);
        double[] weights = new double[2];
        new ImtlL().start(tasks(2)).weigh(step, weights);
        assertThat(gradient).containsExactly(0, 2);
        assertThat(weights).containsExactly(new double[] {Math.E, 1}, within(1e-12));
    }

    @Test
    void a_scale_without_bounds_leaves_a_finite_weight() {
        WeighingStep step = Steps.ofLosses(0, 0);
        float[] gradient = new float[2];
        step.bindOwn(new float[] {1e9f, -1e9f}, gradient, 0);
        double[] weights = new double[2];
        new ImtlL().start(tasks(2)).weigh(step, weights);
        assertThat(weights).containsExactly(Float.MAX_VALUE, 0);
        assertThat(gradient).containsExactly(-1, -1);
    }
}
