package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.bytes.ByteReader;
import org.mtl4j.bytes.ByteWriter;
import org.mtl4j.bytes.State;

class StchTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return Stch.asPublished().smoothness(0.5).warmUp(2);
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR; // the logarithm's slope: weights go as 1 over the factor
    }

    @Override
    String printed() {
        return "stch().smoothness(0.5).warmUp(2)";
    }

    private static double[] weights(Weighting weighting, int epoch, double... losses) {
        WeighingStep step = Steps.ofLosses(losses);
        step.beginEpoch(epoch);
        for (int t = 0; t < losses.length; t++) {
            if (Double.isNaN(losses[t])) {
                step.losses()[t] = 0;
                step.labelled()[t] = 0;
            }
        }
        double[] weights = new double[losses.length];
        weighting.weigh(step, weights);
        return weights;
    }

    private static Weighting start(double mu, int tasks) {
        return new Stch(mu, 0).start(tasks(tasks));
    }

    /** mu T log sum_i exp(log(L_i / n_i) / mu). */
    private static double total(double mu, double[] losses, double[] nadir) {
        double sum = 0;
        for (int t = 0; t < losses.length; t++) {
            sum += Math.exp(Math.log(losses[t] / nadir[t]) / mu);
        }
        return mu * losses.length * Math.log(sum);
    }

    @Test
    void until_the_nadir_is_known_weights_are_the_slopes_of_logarithms() {
        Weighting weighting = Stch.asPublished().warmUp(1).start(tasks(2));
        assertThat(weights(weighting, 0, 4, 0.5)).containsExactly(0.25, 2);
        assertThat(weights(weighting, 1, 2, 0.1)).containsExactly(new double[] {0.5, 10}, within(1e-12));
    }

    @Test
    void afterwards_they_are_the_slopes_of_the_smooth_maximum_over_the_mean_losses_of_its_epoch() {
        Weighting weighting = start(0.3, 3);
        weights(weighting, 0, 4, 1, 1);
        weights(weighting, 0, 2, 3, 1);
        double[] nadir = {3, 2, 1};
        double[] losses = {2.5, 1, 0.7};
        double[] weights = weights(weighting, 1, losses);
        for (int t = 0; t < 3; t++) {
            double[] up = losses.clone();
            double[] down = losses.clone();
            up[t] += 1e-6;
            down[t] -= 1e-6;
            double slope = (total(0.3, up, nadir) - total(0.3, down, nadir)) / 2e-6;
            assertThat(weights[t]).isCloseTo(slope, within(1e-7));
        }
        weights(weighting, 1, 100, 100, 100); // the nadir stays
        assertThat(weights(weighting, 2, losses)).containsExactly(weights);
    }

    @Test
    void a_task_without_labels_takes_no_part_and_is_not_in_the_nadir() {
        Weighting weighting = start(1, 2);
        weights(weighting, 0, 4, Double.NaN);
        assertThat(weights(weighting, 0, 2, 5)).containsExactly(new double[] {0.5, 0.2}, within(1e-15));
        assertThat(weights(weighting, 1, 3, Double.NaN)).containsExactly(new double[] {1 / 3.0, 0}, within(1e-15));
        assertThat(weights(weighting, 1, 3, 5))
                .containsExactly(new double[] {1 / 3.0, 0.2}, within(1e-15)); // both at 1
        assertThat(weights(weighting, 1, Double.NaN, Double.NaN)).containsExactly(0, 0);
    }

    @Test
    void without_a_nadir_a_loss_is_measured_by_1() {
        Weighting weighting = start(1, 2);
        weights(weighting, 0, 0, Double.NaN);
        double[] expected = {2 * 0.5 / 2 / 1, 2 * 0.5 / 2};
        assertThat(weights(weighting, 1, 2, 2)).containsExactly(expected, within(1e-15));
    }

    @Test
    void losses_of_all_sizes_give_finite_weights() {
        for (double[] losses : new double[][] {{0, 0}, {0, 1}, {-1, 1e300}, {1e-300, 1e300}, {1e308, 1e308}}) {
            Weighting weighting = start(0.01, 2);
            for (int epoch = 0; epoch < 3; epoch++) {
                for (double weight : weights(weighting, epoch, losses)) {
                    assertThat(weight).isFinite().isNotNegative();
                }
            }
        }
    }

    @Test
    void a_checkpoint_holds_the_nadir() {
        Weighting weighting = start(1, 2);
        weights(weighting, 0, 4, 0.5);
        ByteWriter out = new ByteWriter("state", 1);
        weighting.state(State.to(out));
        Weighting resumed = start(1, 2);
        resumed.state(State.from(new ByteReader("state", 1, out.finish(), IllegalArgumentException::new)));
        assertThat(weights(resumed, 1, 3, 2)).containsExactly(weights(weighting, 1, 3, 2));
        assertThat(weights(start(1, 2), 1, 3, 2)).isNotEqualTo(weights(weighting, 1, 3, 2));
    }

    @Test
    void settings_out_of_bounds_are_errors() {
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Stch.asPublished().smoothness(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("stch().smoothness(" + bad + "): it is a finite number above 0.\n"
                            + "Give 1, or less for more weight on the task that is worst off.");
        }
        assertThatThrownBy(() -> Stch.asPublished().warmUp(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stch().warmUp(-1): it is an epoch, from 0.\n"
                        + "Give the epoch whose mean losses the later ones are measured by.");
    }

    @Test
    void it_prints_its_withers() {
        assertThat(Stch.asPublished()).hasToString("stch()");
    }
}
