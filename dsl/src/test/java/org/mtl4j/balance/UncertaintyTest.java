package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.optimise.Sgd;
import org.mtl4j.optimise.Update;

class UncertaintyTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return new Uncertainty(-0.5);
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR; // weights follow s alone; a factor on the losses moves the gradient by s
    }

    @Override
    String printed() {
        return "uncertainty().initial(-0.5)";
    }

    /** Total loss sum_t (exp(-s_t) L_t + s_t) / 2. */
    private static double total(double[] s, double[] losses) {
        double sum = 0;
        for (int t = 0; t < s.length; t++) {
            sum += (Math.exp(-s[t]) * losses[t] + s[t]) / 2;
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
        new Uncertainty(0).start(tasks(3)).weigh(step, weights);
        for (int t = 0; t < 3; t++) {
            double[] up = {s[0], s[1], s[2]};
            double[] down = up.clone();
            up[t] += 1e-6;
            down[t] -= 1e-6;
            assertThat((double) gradient[t]).isCloseTo((total(up, losses) - total(down, losses)) / 2e-6, within(1e-6));
            assertThat(weights[t]).isCloseTo(Math.exp(-s[t]) / 2, within(1e-12));
        }
    }

    @Test
    void trained_to_the_end_each_weight_is_half_of_one_over_its_loss() {
        double[] losses = {0.5, 4};
        float[] s = new Uncertainty(0).start(tasks(2)).ownParameters();
        float[] gradient = new float[2];
        double[] weights = new double[2];
        Update update = Sgd.of(0.5).start(2);
        for (int i = 0; i < 200; i++) {
            WeighingStep step = Steps.ofLosses(losses);
            step.bindOwn(s, gradient, 0);
            new Uncertainty(0).start(tasks(2)).weigh(step, weights);
            update.step(s, gradient, 0.5);
        }
        assertThat(weights).containsExactly(new double[] {1 / (2 * 0.5), 1 / (2 * 4.0)}, within(1e-5));
    }

    @Test
    void it_starts_at_0_unless_told_otherwise() {
        assertThat(new Uncertainty(Uncertainty.DEFAULT_INITIAL)).hasToString("uncertainty()");
        assertThat(new Uncertainty(0).start(tasks(2)).ownParameters()).containsExactly(0f, 0f);
    }

    @Test
    void a_first_value_that_is_not_finite_is_an_error() {
        assertThatThrownBy(() -> new Uncertainty(0).initial(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("uncertainty().initial(NaN): it is a finite number.\n"
                        + "Give a log variance such as 0 or -0.5.");
    }
}
