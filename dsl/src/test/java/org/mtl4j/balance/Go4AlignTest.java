package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.bytes.ByteReader;
import org.mtl4j.bytes.ByteWriter;
import org.mtl4j.bytes.State;

class Go4AlignTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return Go4Align.asPublished().groups(3).rate(0.01);
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR; // a factor on the losses is one on the rate
    }

    @Override
    String printed() {
        return "go4align().groups(3).rate(0.01)";
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

    @Test
    void the_indicators_follow_all_past_losses() {
        Weighting weighting = Go4Align.asPublished().groups(2).rate(0.1).start(tasks(2));
        weights(weighting, 1, 3);
        double first = Math.exp(-0.1 * (1 + 2));
        double second = Math.exp(-0.1 * (3 + 0.5));
        double[] expected = {first / (first + second) * 2.5 / 2, second / (first + second) * 2.5 / 0.5};
        assertThat(weights(weighting, 2, 0.5)).containsExactly(expected, within(1e-14));
    }

    @Test
    void tasks_of_a_group_weigh_alike() {
        double[] alone = weights(Go4Align.asPublished().groups(4).rate(0.01).start(tasks(4)), 1, 1.1, 0.1, 0.12);
        double[] grouped = weights(Go4Align.asPublished().groups(2).rate(0.01).start(tasks(4)), 1, 1.1, 0.1, 0.12);
        double low = (alone[0] + alone[1]) / 2;
        double high = (alone[2] + alone[3]) / 2;
        assertThat(grouped).containsExactly(new double[] {low, low, high, high}, within(1e-13));
        assertThat(weights(Go4Align.asPublished().start(tasks(1)), 7)).containsExactly(1);
    }

    @Test
    void a_task_without_labels_takes_no_part_and_its_probability_waits() {
        Weighting weighting = Go4Align.asPublished().groups(2).rate(0.1).start(tasks(2));
        assertThat(weights(weighting, 4, Double.NaN)[1]).isZero();
        assertThat(weights(weighting, Double.NaN, Double.NaN)).containsExactly(0, 0);
        double first = Math.exp(-0.1 * (4 + 2));
        double second = Math.exp(-0.1 * 2);
        double[] expected = {2 * first / (first + second), 2 * second / (first + second)};
        assertThat(weights(weighting, 2, 2)).containsExactly(expected, within(1e-14));
    }

    @Test
    void losses_of_all_sizes_give_finite_weights() {
        for (double[] losses : new double[][] {{0, 0}, {0, 1}, {-1, 1e300}, {1e-300, 1e300}, {1e308, 1e308}}) {
            Weighting weighting = Go4Align.asPublished().groups(2).rate(10).start(tasks(2));
            for (int n = 0; n < 3; n++) {
                for (double weight : weights(weighting, losses)) {
                    assertThat(weight).isFinite().isNotNegative();
                }
            }
        }
    }

    @Test
    void a_checkpoint_holds_the_probabilities() {
        Weighting weighting = Go4Align.asPublished().groups(2).rate(0.1).start(tasks(2));
        weights(weighting, 4, 0.5);
        ByteWriter out = new ByteWriter("state", 1);
        weighting.state(State.to(out));
        Weighting resumed = Go4Align.asPublished().groups(2).rate(0.1).start(tasks(2));
        resumed.state(State.from(new ByteReader("state", 1, out.finish(), IllegalArgumentException::new)));
        assertThat(weights(resumed, 3, 2)).containsExactly(weights(weighting, 3, 2));
    }

    @Test
    void settings_out_of_bounds_are_errors() {
        assertThatThrownBy(() -> Go4Align.asPublished().groups(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("go4align().groups(0): it is a number of groups, at least 1.\n"
                        + "Give 1 to weigh all tasks alike, or as many as there are kinds of task.");
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Go4Align.asPublished().rate(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("go4align().rate(" + bad + "): it is a finite number above 0.\n"
                            + "Give 0.0001, or more for probabilities that move faster.");
        }
    }

    @Test
    void it_prints_its_withers() {
        assertThat(Go4Align.asPublished()).hasToString("go4align()");
        assertThat(Go4Align.asPublished().spectral().groups(3)).hasToString("go4align().groups(3).spectral()");
    }
}
