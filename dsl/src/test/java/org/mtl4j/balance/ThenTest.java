package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.Mtl;

class ThenTest extends BalancerContract {

    private static final Fixed TWO_AND_HALF = new Fixed(Map.of("task 0", 2.0, "task 1", 0.5));

    @Override
    Balancer balancer(List<String> tasks) {
        return Mtl.uncertainty().then(Mtl.mgda());
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR;
    }

    @Override
    boolean hasOneAnswer(double[][] gradients) {
        return isIndependent(gradients);
    }

    @Override
    String printed() {
        return "uncertainty().then(mgda())";
    }

    private static WeighingStep step(double[] losses, double[][] gradients) {
        WeighingStep step = Steps.ofGradients(gradients, 1);
        System.arraycopy(losses, 0, step.losses(), 0, losses.length);
        return step;
    }

    @Test
    void each_trains_its_own_parameters() {
        Weighting weighting = Mtl.imtlL().then(Mtl.gradnorm().baseline(1)).start(tasks(2));
        assertThat(weighting.ownParameters()).containsExactly(0, 0, 1, 1);
        WeighingStep step = step(new double[] {3, 1}, new double[][] {{3, 4}, {1, 0}});
        float[] slope = {9, 9, 9, 9, 9};
        step.bindOwn(new float[] {Float.NaN, 0, 1, 1, 1}, slope, 1); // not theirs, then theirs
        weighting.weigh(step, new double[2]);
        assertThat(slope[0]).isEqualTo(9);
        assertThat((double) slope[1]).isCloseTo(2, within(1e-6)); // exp(0) L - 1
        assertThat((double) slope[2]).isCloseTo(Math.E - 1, within(1e-6));
        assertThat((double) slope[3]).isNotEqualTo(9).isCloseTo(-slope[4], within(1e-6));
        assertThat(slope[4]).isNotZero();
    }

    @Test
    void the_second_sees_losses_and_gradients_as_the_first_scaled_them() {
        double[][] gradients = {{1, 2}, {-4, 3}};
        double[][] scaled = {{2, 4}, {-2, 1.5}};
        for (Balancer second : List.of(Mtl.mgda().loss(), Mtl.cagrad(), Mtl.excessMtl())) {
            Weighting both = TWO_AND_HALF.then(second).start(tasks(2));
            Weighting alone = second.start(tasks(2));
            both.open(2);
            alone.open(2);
            double[] weights = new double[2];
            double[] expected = new double[2];
            for (int s = 0; s < 2; s++) { // excessMtl() measures in its first
                both.weigh(step(new double[] {3, 8}, gradients), weights);
                alone.weigh(step(new double[] {6, 4}, scaled), expected);
            }
            assertThat(weights).as("%s", second).containsExactly(2 * expected[0], 0.5 * expected[1]);
        }
    }

    @Test
    void what_it_is_given_it_leaves_as_it_is() {
        WeighingStep step = step(new double[] {3, 8}, new double[][] {{1, 2}, {-4, 3}});
        TWO_AND_HALF.then(Mtl.mgda()).start(tasks(2)).weigh(step, new double[2]);
        assertThat(step.losses()).containsExactly(3, 8);
        assertThat(step.gram()).containsExactly(5, 2, 2, 25);
    }

    @Test
    void heads_get_the_weights_of_the_first() {
        Weighting both = TWO_AND_HALF.then(Mtl.mgda()).start(tasks(2));
        both.weigh(step(new double[] {3, 8}, new double[][] {{1, 2}, {-4, 3}}), new double[2]);
        double[] heads = new double[2];
        both.weighHeads(heads);
        assertThat(heads).containsExactly(2, 0.5);
        assertThat(TWO_AND_HALF.then(Mtl.mgda().headsWeighted()).heads()).isEqualTo(Balancer.Heads.WEIGHTED);
    }

    @Test
    void an_update_by_the_gradients_themselves_is_made_of_the_scaled_ones() {
        Weighting both = TWO_AND_HALF.then(Mtl.graddrop().leak(1)).start(tasks(2));
        both.open(2);
        WeighingStep step = step(new double[] {3, 8}, new double[][] {{1, 2}, {-4, 3}});
        double[] weights = new double[2];
        both.weigh(step, weights);
        assertThat(weights).containsExactly(2, 0.5);
        float[] direction = new float[2];
        ((Aggregator) both).aggregate(step, direction);
        assertThat(direction).containsExactly(0, 5.5f);
    }

    @Test
    void it_takes_tasks_away_from_both() {
        Balancer both = TWO_AND_HALF.with("task 2", 1).then(Mtl.mgda().every(2));
        assertThat(both.restrictTo(tasks(2)))
                .isEqualTo(TWO_AND_HALF.then(Mtl.mgda().every(2)));
    }

    @Test
    void it_hears_what_the_first_hears() {
        Weighting alone = Mtl.famo().start(tasks(2));
        Weighting both = Mtl.famo().then(Mtl.mgda()).start(tasks(2));
        assertThat(Mtl.famo().then(Mtl.mgda()).hearsUpdate()).isTrue();
        double[] weights = new double[2];
        double[] expected = new double[2];
        double[][] orthonormal = {{1, 0}, {0, 1}};
        for (int s = 0; s < 3; s++) {
            WeighingStep step = step(new double[] {3 - s, 2}, orthonormal);
            both.weigh(step, weights);
            alone.weigh(step, expected);
            both.hear(step(new double[] {2.5 - s, 2}, orthonormal));
            alone.hear(step(new double[] {2.5 - s, 2}, orthonormal));
        }
        double[] first = new double[2];
        both.weighHeads(first);
        assertThat(first).containsExactly(expected);
        assertThat(expected[0]).isNotEqualTo(expected[1]);
    }

    @Test
    void losses_come_first_and_gradients_second() {
        assertThatThrownBy(() -> Mtl.mgda().then(Mtl.pcgrad()))
                .hasMessage(
                        "mgda().then(pcgrad()): mgda() weighs tasks by their gradients, and what stands first weighs"
                                + " losses.\nPut a loss method first: uncertainty().then(mgda()).");
        assertThatThrownBy(() -> Mtl.dwa().then(Mtl.equal()))
                .hasMessage("dwa().then(equal()): equal() weighs tasks by their losses, and what stands second weighs"
                        + " gradients.\nPut a gradient method second: uncertainty().then(mgda()).");
    }
}
