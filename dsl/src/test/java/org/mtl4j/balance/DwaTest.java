package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class DwaTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return Dwa.asPublished().temperature(1.5);
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    String printed() {
        return "dwa().temperature(1.5)";
    }

    /** Steps of one training, each of an epoch with its losses. */
    private static final class Trained {

        private final Weighting weighting;
        private final WeighingStep step = Steps.ofLosses(0, 0);
        private long number;

        Trained(Dwa dwa) {
            weighting = dwa.start(step.names());
        }

        double[] step(int epoch, double first, double second) {
            step.beginEpoch(epoch);
            step.begin(number++);
            double[] losses = {first, second};
            for (int t = 0; t < 2; t++) {
                step.losses()[t] = Double.isNaN(losses[t]) ? 0 : losses[t];
                step.labelled()[t] = Double.isNaN(losses[t]) ? 0 : 1;
            }
            double[] weights = new double[2];
            weighting.weigh(step, weights);
            return weights;
        }
    }

    /** T softmax(rates / temperature). */
    private static double[] expected(double temperature, double first, double second) {
        double a = Math.exp(first / temperature);
        double b = Math.exp(second / temperature);
        return new double[] {2 * a / (a + b), 2 * b / (a + b)};
    }

    @Test
    void from_the_third_epoch_on_weights_follow_the_rates_of_the_mean_losses() {
        Trained trained = new Trained(Dwa.asPublished());
        assertThat(trained.step(0, 4, 1)).containsExactly(1, 1);
        assertThat(trained.step(0, 2, 3)).containsExactly(1, 1);
        assertThat(trained.step(1, 1, 2)).containsExactly(1, 1);
        assertThat(trained.step(1, 2, 2)).containsExactly(1, 1);
        double[] third = expected(2, 1.5 / 3, 2.0 / 2);
        assertThat(trained.step(2, 9, 9)).containsExactly(third, within(1e-15));
        assertThat(trained.step(2, 1, 1)).containsExactly(third, within(1e-15));
        assertThat(trained.step(3, 1, 1)).containsExactly(expected(2, 5 / 1.5, 5 / 2.0), within(1e-15));
    }

    @Test
    void every_n_steps_stand_in_for_an_epoch() {
        Trained trained = new Trained(Dwa.asPublished().temperature(0.5).every(2));
        trained.step(0, 4, 1);
        trained.step(0, 2, 3);
        trained.step(0, 1, 2);
        assertThat(trained.step(0, 2, 2)).containsExactly(1, 1);
        assertThat(trained.step(0, 1, 1)).containsExactly(expected(0.5, 1.5 / 3, 2.0 / 2), within(1e-15));
    }

    @Test
    void a_step_without_labels_is_no_loss_of_0() {
        Trained trained = new Trained(Dwa.asPublished());
        trained.step(0, 4, 1);
        trained.step(0, Double.NaN, 1);
        trained.step(1, 2, 1);
        assertThat(trained.step(2, 1, 1)).containsExactly(expected(2, 0.5, 1), within(1e-15));
    }

    @Test
    void a_task_without_a_rate_counts_as_one_that_stands_still() {
        Trained trained = new Trained(Dwa.asPublished());
        trained.step(0, Double.NaN, 0);
        trained.step(1, 3, 2);
        assertThat(trained.step(2, 3, 2)).containsExactly(1, 1); // no label in epoch 0, a loss of 0
        trained.step(3, Double.NaN, 1);
        assertThat(trained.step(4, 1, 1)).containsExactly(expected(2, 1, 0.5), within(1e-15));
    }

    @Test
    void a_loss_that_jumps_takes_all_the_weight_and_nothing_overflows() {
        Trained trained = new Trained(Dwa.asPublished());
        trained.step(0, 1e-200, 1);
        trained.step(1, 1e100, 1);
        assertThat(trained.step(2, 1, 1)).containsExactly(2, 0);
    }

    @Test
    void a_temperature_or_a_number_of_steps_that_makes_no_sense_is_an_error() {
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Dwa.asPublished().temperature(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("dwa().temperature(" + bad + "): it is a finite number above 0.\n"
                            + "Give the paper's 2, or more for weights that are more even.");
        }
        for (int bad : new int[] {0, -3}) {
            assertThatThrownBy(() -> Dwa.asPublished().every(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("dwa().every(" + bad + "): it is a number of steps, at least 1.\n"
                            + "Give the steps to average over, or leave every(..) out for epochs.");
        }
    }

    @Test
    void it_prints_its_withers() {
        assertThat(Dwa.asPublished()).hasToString("dwa()");
        assertThat(Dwa.asPublished().every(50)).hasToString("dwa().every(50)");
    }
}
