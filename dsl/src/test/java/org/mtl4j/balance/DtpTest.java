package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.bytes.ByteReader;
import org.mtl4j.bytes.ByteWriter;
import org.mtl4j.bytes.State;

class DtpTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return Dtp.asPublished().focus(2).smoothing(0.5);
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR; // exp(-L) knows the size of a loss
    }

    @Override
    String printed() {
        return "dtp().focus(2.0).smoothing(0.5)";
    }

    private static double[] weights(Weighting weighting, double... losses) {
        WeighingStep step = Steps.ofLosses(losses);
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

    private static double focal(double k, double focus) {
        return -Math.pow(1 - k, focus) * Math.log(k);
    }

    @Test
    void weights_are_the_focal_loss_of_the_moving_average_of_how_well_a_task_does() {
        Weighting weighting = new Dtp(2, 0.25).start(tasks(2));
        double[] first = {focal(Math.exp(-1), 2), focal(Math.exp(-0.2), 2)};
        assertThat(weights(weighting, 1, 0.2)).containsExactly(first, within(1e-14));
        double[] k = {0.75 * Math.exp(-1) + 0.25 * Math.exp(-0.5), 0.75 * Math.exp(-0.2) + 0.25 * Math.exp(-3)};
        assertThat(weights(weighting, 0.5, 3))
                .containsExactly(new double[] {focal(k[0], 2), focal(k[1], 2)}, within(1e-14));
    }

    @Test
    void a_difficult_task_counts_most_and_a_learnt_one_not_at_all() {
        double[] weights = weights(Dtp.asPublished().start(tasks(4)), 0, 0.1, 1, 5);
        assertThat(weights[0]).isZero();
        assertThat(weights).isSorted();
        assertThat(weights(new Dtp(0, 1).start(tasks(2)), 0.3, 2))
                .containsExactly(new double[] {0.3, 2}, within(1e-14));
    }

    @Test
    void a_task_without_labels_takes_no_part_and_its_progress_waits() {
        Weighting weighting = new Dtp(1, 0.5).start(tasks(2));
        assertThat(weights(weighting, 1, Double.NaN)[1]).isZero();
        assertThat(weights(weighting, Double.NaN, 2))
                .containsExactly(new double[] {0, focal(Math.exp(-2), 1)}, within(1e-14));
        double k = 0.5 * Math.exp(-1) + 0.5 * Math.exp(-3);
        assertThat(weights(weighting, 3, Double.NaN)[0]).isCloseTo(focal(k, 1), within(1e-14));
    }

    @Test
    void losses_of_all_sizes_give_bounded_weights() {
        for (double loss : new double[] {-1e308, -1, 0, 1e-300, 50, 1e308}) {
            for (double focus : new double[] {0, 1, 1e300}) {
                assertThat(weights(new Dtp(focus, 1).start(tasks(1)), loss)[0]).isBetween(0.0, 47.0);
            }
        }
    }

    @Test
    void a_checkpoint_holds_the_progress() {
        Weighting weighting = Dtp.asPublished().start(tasks(2));
        weights(weighting, 4, Double.NaN);
        ByteWriter out = new ByteWriter("state", 1);
        weighting.state(State.to(out));
        Weighting resumed = Dtp.asPublished().start(tasks(2));
        resumed.state(State.from(new ByteReader("state", 1, out.finish(), IllegalArgumentException::new)));
        assertThat(weights(resumed, 3, 2)).containsExactly(weights(weighting, 3, 2));
    }

    @Test
    void settings_out_of_bounds_are_errors() {
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Dtp.asPublished().focus(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("dtp().focus(" + bad + "): it is a finite number of at least 0.\n"
                            + "Give 1, or more to turn further from tasks that do well.");
        }
        for (double bad : new double[] {0, 1.5, Double.NaN}) {
            assertThatThrownBy(() -> Dtp.asPublished().smoothing(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("dtp().smoothing(" + bad + "): it is a number above 0 and at most 1.\n"
                            + "Give 0.1, or 1 to look at the newest losses alone.");
        }
    }

    @Test
    void it_prints_its_withers() {
        assertThat(Dtp.asPublished()).hasToString("dtp()");
    }
}
