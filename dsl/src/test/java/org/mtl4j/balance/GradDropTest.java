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

    @Test
    void a_share_that_is_none_is_refused() {
        assertThatThrownBy(() -> new GradDrop(0).leak(1.5))
                .hasMessage(
                        "graddrop().leak(1.5): it is a number from 0 to 1.%nGive 0 to drop the gradients of the other sign, or the share of them to keep."
                                .formatted());
    }
}
