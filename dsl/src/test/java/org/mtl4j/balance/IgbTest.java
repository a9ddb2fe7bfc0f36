package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.bytes.ByteReader;
import org.mtl4j.bytes.ByteWriter;
import org.mtl4j.bytes.State;

class IgbTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return Igb.asPublished().base(0);
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR; // the logarithm's slope: weights go as 1 over the factor
    }

    @Override
    String printed() {
        return "igb().base(0)";
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

    @Test
    void until_the_base_is_known_weights_are_the_slopes_of_logarithms() {
        Weighting weighting = Igb.asPublished().start(tasks(2));
        assertThat(weights(weighting, 0, 4, 0.5)).containsExactly(new double[] {0.25, 2}, within(1e-15));
        assertThat(weights(weighting, 1, 2, 0.1)).containsExactly(new double[] {0.5, 10}, within(1e-14));
    }

    @Test
    void afterwards_the_slope_of_each_is_weighed_by_what_is_left_of_its_base() {
        Weighting weighting = Igb.asPublished().start(tasks(2));
        weights(weighting, 0, 100, 100); // before the base epoch
        weights(weighting, 1, 4, 1);
        weights(weighting, 1, 2, 3);
        double first = Math.exp(1.5 / 3);
        double second = Math.exp(0.4 / 2);
        double[] expected = {2 * first / (first + second) / 1.5, 2 * second / (first + second) / 0.4};
        assertThat(weights(weighting, 2, 1.5, 0.4)).containsExactly(expected, within(1e-14));
        weights(weighting, 2, 100, 100); // the base stays
        assertThat(weights(weighting, 3, 1.5, 0.4)).containsExactly(expected, within(1e-14));
    }

    @Test
    void a_task_without_labels_takes_no_part_and_is_not_in_the_base() {
        Weighting weighting = Igb.asPublished().base(0).start(tasks(2));
        weights(weighting, 0, 4, Double.NaN);
        assertThat(weights(weighting, 1, 2, Double.NaN)).containsExactly(new double[] {0.5, 0}, within(1e-15));
        double first = Math.exp(2.0 / 4); // the second has no base and is measured by 1
        double second = Math.exp(3);
        assertThat(weights(weighting, 1, 2, 3))
                .containsExactly(
                        new double[] {2 * first / (first + second) / 2, 2 * second / (first + second) / 3},
                        within(1e-14));
    }

    @Test
    void losses_of_all_sizes_give_finite_weights() {
        for (double[] losses : new double[][] {{0, 0}, {0, 1}, {-1, 1e300}, {1e-300, 1e300}, {1e308, 1e308}}) {
            Weighting weighting = Igb.asPublished().base(0).start(tasks(2));
            weights(weighting, 0, 1e-19, 1e308);
            for (double weight : weights(weighting, 1, losses)) {
                assertThat(weight).isFinite().isNotNegative();
            }
        }
    }

    @Test
    void a_checkpoint_holds_the_base() {
        Weighting weighting = Igb.asPublished().base(0).start(tasks(2));
        weights(weighting, 0, 4, 0.5);
        ByteWriter out = new ByteWriter("state", 1);
        weighting.state(State.to(out));
        Weighting resumed = Igb.asPublished().base(0).start(tasks(2));
        resumed.state(State.from(new ByteReader("state", 1, out.finish(), IllegalArgumentException::new)));
        assertThat(weights(resumed, 1, 3, 2)).containsExactly(weights(weighting, 1, 3, 2));
    }

    @Test
    void a_base_before_the_first_epoch_is_an_error() {
        assertThatThrownBy(() -> Igb.asPublished().base(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("igb().base(-1): it is an epoch, from 0.\n"
                        + "Give the epoch whose mean losses the later ones are measured by.");
    }

    @Test
    void it_prints_its_withers() {
        assertThat(Igb.asPublished()).hasToString("igb()");
    }
}
