package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class UwSoTest extends BalancerContract {

    private static final UwSo UW_SO = new UwSo(UwSo.DEFAULT_TEMPERATURE);

    @Override
    Balancer balancer(List<String> tasks) {
        return UW_SO.temperature(0.5);
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR; // 1 / (temperature L): see the test of temperatures
    }

    @Override
    String printed() {
        return "uwSo().temperature(0.5)";
    }

    private static double[] weights(UwSo uwSo, double... losses) {
        double[] weights = new double[losses.length];
        uwSo.start(tasks(losses.length)).weigh(Steps.ofLosses(losses), weights);
        return weights;
    }

    @Test
    void weights_are_the_softmax_of_the_inverse_losses() {
        double[] weights = weights(UW_SO, 0.5, 2, 4);
        double sum = Math.exp(2) + Math.exp(0.5) + Math.exp(0.25);
        assertThat(weights)
                .containsExactly(
                        new double[] {Math.exp(2) / sum, Math.exp(0.5) / sum, Math.exp(0.25) / sum}, within(1e-7));
        assertThat(weights(UW_SO, 3)).containsExactly(1);
    }

    @Test
    void a_factor_on_all_losses_is_one_on_the_temperature() {
        double[] plain = weights(UW_SO.temperature(2), 0.5, 2, 4);
        double[] scaled = weights(UW_SO.temperature(0.2), 5, 20, 40);
        assertThat(scaled).containsExactly(plain, within(1e-7));
    }

    @Test
    void a_high_temperature_weighs_all_alike_and_a_low_one_gives_all_to_the_least_loss() {
        assertThat(weights(UW_SO.temperature(1e9), 0.5, 2)).containsExactly(new double[] {0.5, 0.5}, within(1e-8));
        assertThat(weights(UW_SO.temperature(1e-9), 0.5, 2)).containsExactly(1, 0);
    }

    @Test
    void a_loss_that_is_not_positive_is_the_least_of_all_and_finite() {
        assertThat(weights(UW_SO, 0, 2)).containsExactly(1, 0);
        assertThat(weights(UW_SO, -3, -UwSo.EPSILON)).containsExactly(0.5, 0.5);
        assertThat(weights(UW_SO.temperature(Double.MIN_VALUE), 0, 2)).containsExactly(0.5, 0.5); // both without bounds
    }

    @Test
    void a_task_without_labels_takes_no_part() {
        WeighingStep step = Steps.ofLosses(0, 2, 2);
        step.labelled()[0] = 0;
        double[] weights = new double[3];
        UW_SO.start(tasks(3)).weigh(step, weights);
        assertThat(weights).containsExactly(0, 0.5, 0.5);
        step.labelled()[1] = 0;
        step.labelled()[2] = 0;
        UW_SO.start(tasks(3)).weigh(step, weights);
        assertThat(weights).containsExactly(0, 0, 0);
    }

    @Test
    void a_temperature_that_is_not_positive_is_an_error() {
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> UW_SO.temperature(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("uwSo().temperature(" + bad + "): it is a finite number above 0.\n"
                            + "Give 1, or more for weights that are more even.");
        }
    }

    @Test
    void it_prints_its_withers() {
        assertThat(UW_SO).hasToString("uwSo()");
    }
}
