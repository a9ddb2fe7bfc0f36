package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradDropTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return new GradDrop(0).leak(0.25);
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    String printed() {
        return "graddrop().leak(0.25)";
    }

    /** The update of one step on these gradients. */
    private static float[] update(GradDrop graddrop, long seed, double[]... gradients) {
        Aggregator aggregator = (Aggregator) graddrop.start(tasks(gradients.length));
        float[] direction = new float[gradients[0].length];
        aggregator.aggregate(Steps.ofGradients(gradients, seed), direction);
        return direction;
    }

    @Test
    void where_the_signs_agree_nothing_is_dropped() {
        float[] update = update(new GradDrop(0), 1, new double[] {1, -2, 0}, new double[] {3, -1, 0});
        assertThat(update).containsExactly(4f, -3f, 0f);
    }

    @Test
    void one_sign_is_kept_and_a_share_of_the_other() {
        for (long seed = 0; seed < 20; seed++) {
            float update = update(new GradDrop(0.25), seed, new double[] {4}, new double[] {-8})[0];
            assertThat(update == 2f || update == -7f).as("%s", update).isTrue();
        }
    }

    @Test
    void the_positive_sign_is_drawn_as_often_as_its_share_says() {
        double[] up = new double[20_000];
        double[] down = new double[20_000];
        Arrays.fill(up, 3);
        Arrays.fill(down, -1);
        float[] update = update(new GradDrop(0), 5, up, down);
        int positive = 0;
        for (float each : update) {
            positive += each > 0 ? 1 : 0;
        }
        assertThat(positive / 20_000.0).isCloseTo(0.75, within(0.015)); // five standard deviations
    }

    @Test
    void with_all_of_the_other_sign_the_update_is_the_sum() {
        assertThat(update(new GradDrop(1), 1, new double[] {4, 1}, new double[] {-8, 2}))
                .containsExactly(-4f, 3f);
    }

    /** What is kept of these agreements, a row a task. */
    private static float[] kept(double leak, long seed, float[]... agreements) {
        int numbers = agreements[0].length;
        float[] all = new float[agreements.length * numbers];
        for (int t = 0; t < agreements.length; t++) {
            System.arraycopy(agreements[t], 0, all, t * numbers, numbers);
        }
        float[] kept = new float[all.length];
        Masking masking = (Masking) new GradDrop(leak).atRepresentation().start(tasks(agreements.length));
        masking.mask(Steps.ofGradients(new double[agreements.length][1], seed), all, kept);
        return kept;
    }

    @Test
    void at_the_representation_tasks_that_agree_are_kept_whole_and_a_dead_unit_is_not() {
        assertThat(kept(0.25, 1, new float[] {1, -2, 0, 0}, new float[] {3, -1, 0, 2}))
                .containsExactly(1f, 1f, 0.25f, 0.25f, 1f, 1f, 0.25f, 1f);
    }

    @Test
    void at_the_representation_a_sign_is_drawn_as_often_as_its_share_says() {
        float[] up = new float[20_000];
        float[] down = new float[20_000];
        Arrays.fill(up, 3);
        Arrays.fill(down, -1);
        float[] kept = kept(0, 5, up, down);
        int positive = 0;
        for (int k = 0; k < up.length; k++) {
            positive += (int) kept[k];
            assertThat(kept[k] + kept[up.length + k]).isEqualTo(1); // one of both
        }
        assertThat(positive / 20_000.0).isCloseTo(0.75, within(0.015)); // five standard deviations
    }

    @Test
    void it_prints_where_it_drops() {
        assertThat(new GradDrop(0.25).atRepresentation()).hasToString("graddrop().leak(0.25).atRepresentation()");
        assertThat(new GradDrop(0).atRepresentation().leak(0.5)).isEqualTo(new GradDrop(0.5).atRepresentation());
        assertThatThrownBy(() -> new GradDrop(0).atLayers("encoder"))
                .hasMessage(
                        "graddrop().atLayers(\"encoder\"): it drops gradients by all shared parameters, or by the representation.%nLeave it out, or write graddrop().atRepresentation()."
                                .formatted());
    }

    @Test
    void a_share_that_is_none_is_refused() {
        assertThatThrownBy(() -> new GradDrop(0).leak(1.5))
                .hasMessage(
                        "graddrop().leak(1.5): it is a number from 0 to 1.%nGive 0 to drop the gradients of the other sign, or the share of them to keep."
                                .formatted());
    }
}
