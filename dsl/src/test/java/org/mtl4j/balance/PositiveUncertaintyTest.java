package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.optimise.Sgd;
import org.mtl4j.optimise.Update;

class PositiveUncertaintyTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return new Uncertainty(-0.5).positive();
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR; // weights follow s alone; a factor on the losses moves the gradient by s
    }

    @Override
    String printed() {
        return "uncertainty().positive().initial(-0.5)";
    }

    /** Total loss sum_t (L_t / (2 sigma_t^2) + log(1 + sigma_t^2)), sigma_t^2 = exp(s_t). */
    private static double total(double[] s, double[] losses) {
        double sum = 0;
        for (int t = 0; t < s.length; t++) {
            double variance = Math.exp(s[t]);
            sum += losses[t] / (2 * variance) + Math.log(1 + variance);
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
        new PositiveUncertainty(0).start(tasks(3)).weigh(step, weights);
        for (int t = 0; t < 3; t++) {
            double[] up = {s[0], s[1], s[2]};
            double[] down = up.clone();
            up[t] += 1e-6;
            down[t] -= 1e-6;
            assertThat((double) gradient[t]).isCloseTo((total(up, losses) - total(down, losses)) / 2e-6, within(1e-6));
            assertThat(weights[t]).isCloseTo(1 / (2 * Math.exp(s[t])), within(1e-12));
        }
    }

    @Test
    void trained_to_the_end_variances_are_those_of_the_closed_form() {
        double[] losses = {0.5, 4};
        float[] s = new PositiveUncertainty(0).start(tasks(2)).ownParameters();
        float[] gradient = new float[2];
        double[] weights = new double[2];
        Update update = Sgd.of(0.5).start(2);
        for (int i = 0; i < 300; i++) {
            WeighingStep step = Steps.ofLosses(losses);
            step.bindOwn(s, gradient, 0);
            new PositiveUncertainty(0).start(tasks(2)).weigh(step, weights);
            update.step(s, gradient, 0.5);
        }
        for (int t = 0; t < 2; t++) {
            double variance = (losses[t] + Math.sqrt(losses[t] * losses[t] + 8 * losses[t])) / 4;
            assertThat(weights[t]).isCloseTo(1 / (2 * variance), within(1e-5));
        }
    }

    @Test
    void a_task_without_labels_leaves_its_variance_as_it_is() {
        float[] gradient = {7, 7};
        WeighingStep step = Steps.ofLosses(0, 0);
        step.labelled()[0] = 0;
        step.bindOwn(new float[2], gradient, 0);
        new PositiveUncertainty(0).start(tasks(2)).weigh(step, new double[2]);
        assertThat(gradient).containsExactly(0, 0.5f);
    }

    @Test
    void a_variance_that_vanishes_leaves_a_finite_weight_and_gradient() {
        float[] gradient = new float[2];
        WeighingStep step = Steps.ofLosses(0, 0);
        step.bindOwn(new float[] {-1e9f, 1e9f}, gradient, 0);
        double[] weights = new double[2];
        new PositiveUncertainty(0).start(tasks(2)).weigh(step, weights);
        assertThat(weights).containsExactly(Float.MAX_VALUE / 2.0, 0);
        assertThat(gradient[0]).isBetween(0f, 1e-30f);
        assertThat(gradient[1]).isEqualTo(1);
    }

    @Test
    void it_takes_its_first_value_from_the_line_before() {
        assertThat(new Uncertainty(0).positive()).hasToString("uncertainty().positive()");
        assertThat(new Uncertainty(0).positive().initial(1)).isEqualTo(new Uncertainty(1).positive());
        assertThat(new Uncertainty(-0.5).positive().start(tasks(2)).ownParameters())
                .containsExactly(-0.5f, -0.5f);
    }

    @Test
    void a_first_value_that_is_not_finite_is_an_error() {
        assertThatThrownBy(() -> new PositiveUncertainty(0).initial(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("uncertainty().positive().initial(NaN): it is a finite number.\n"
                        + "Give a log variance such as 0 or -0.5.");
    }
}
