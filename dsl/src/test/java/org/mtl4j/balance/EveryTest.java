package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mtl4j.Mtl;

class EveryTest extends BalancerContract {

    private static final double[] FIRST = {1, 2};
    private static final double[] SECOND = {3, 4};

    @Override
    Balancer balancer(List<String> tasks) {
        return Mtl.mgda().every(3);
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
        return "mgda().every(3)";
    }

    /** Weighs tasks by their losses; says how often it was asked, and what it saw in vain. */
    private static final class Asked implements Weighting {
        private int times;
        private int looks;

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            times++;
            System.arraycopy(step.losses(), 0, weights, 0, weights.length);
        }

        @Override
        public void weighHeads(double[] factors) {
            factors[0] = 10 * times;
            factors[1] = 20 * times;
        }

        @Override
        public void lookOn(WeighingStep step) {
            looks++;
        }
    }

    private record Stub(Asked asked, Needs needs) implements Balancer {
        @Override
        public Weighting start(List<String> tasks) {
            return asked;
        }
    }

    private final Asked asked = new Asked();

    private Weighting every(int steps, Balancer.Needs needs) {
        return new Stub(asked, needs).every(steps).start(List.of("task 0", "task 1"));
    }

    private static double[] weigh(Weighting weighting, WeighingStep step) {
        double[] weights = new double[2];
        weighting.weigh(step, weights);
        return weights;
    }

    private static double[] heads(Weighting weighting) {
        double[] heads = new double[2];
        weighting.weighHeads(heads);
        return heads;
    }

    @Test
    void weights_are_computed_once_and_kept() {
        Weighting every = every(3, Balancer.Needs.GRAM);
        boolean[] reads = new boolean[7];
        for (int s = 0; s < 7; s++) {
            WeighingStep step = Steps.ofLosses(s + 1, 2 * s + 1);
            reads[s] = every.readsGradients(step);
            int then = s - s % 3;
            assertThat(weigh(every, step)).containsExactly(then + 1, 2 * then + 1);
            assertThat(heads(every)).containsExactly(10 * asked.times, 20 * asked.times);
        }
        assertThat(reads).containsExactly(true, false, false, true, false, false, true);
        assertThat(asked.times).isEqualTo(3);
        assertThat(asked.looks).isEqualTo(4);
    }

    @Test
    void a_loss_method_sees_every_step() {
        Weighting every = every(3, Balancer.Needs.LOSSES);
        for (int s = 0; s < 7; s++) {
            int then = s - s % 3;
            assertThat(weigh(every, Steps.ofLosses(s, 1))).containsExactly(then, 1);
        }
        assertThat(asked.times).isEqualTo(7);
    }

    @Test
    void a_task_without_labels_keeps_its_weight() {
        Weighting every = every(1, Balancer.Needs.GRAM);
        weigh(every, Steps.ofLosses(FIRST));
        WeighingStep step = Steps.ofLosses(SECOND);
        step.labelled()[0] = 0;
        assertThat(weigh(every, step)).containsExactly(1, 4);
        assertThat(heads(every)).containsExactly(10, 40);
    }

    @Test
    void labels_of_a_task_that_has_no_weight_yet_bring_new_ones() {
        Weighting every = every(100, Balancer.Needs.GRAM);
        WeighingStep half = Steps.ofLosses(FIRST);
        half.labelled()[1] = 0;
        weigh(every, half);
        assertThat(every.readsGradients(half)).isFalse();
        assertThat(weigh(every, half)).containsExactly(1, 0);
        WeighingStep whole = Steps.ofLosses(SECOND);
        assertThat(every.readsGradients(whole)).isTrue();
        assertThat(weigh(every, whole)).containsExactly(3, 4);
        assertThat(every.readsGradients(whole)).isFalse();
    }

    @Test
    void what_a_gradient_method_trains_stays_between() {
        Weighting between = new Uncertainty(0).then(Mtl.mgda()).every(2).start(List.of("task 0", "task 1"));
        float[] gradient = {7, 7};
        WeighingStep step = Steps.ofGradients(new double[][] {{1, 0}, {0, 1}}, 1);
        step.bindOwn(between.ownParameters(), gradient, 0);
        weigh(between, step);
        step.losses()[0] = 3;
        weigh(between, step);
        assertThat(gradient).containsExactly(-1, 0); // uncertainty looks on: (1 - L) / 2
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void a_period_is_a_number_of_steps(int steps) {
        assertThatThrownBy(() -> Mtl.pcgrad().every(steps))
                .hasMessage("pcgrad().every(" + steps + "): it is a number of steps, at least 1.\n"
                        + "Give how many steps weights are kept for.");
    }

    @Test
    void methods_with_a_period_of_their_own_take_theirs() {
        assertThat(Mtl.nashMtl().every(4)).isEqualTo(new NashMtl(4, NashMtl.NO_LIMIT, Map.of()));
        assertThat(Mtl.dwa().every(4)).isEqualTo(new Dwa(2, 4));
        assertThat(Mtl.alternating().every(4)).isEqualTo(new Alternating(4));
    }

    @Test
    void what_updates_by_the_gradients_themselves_has_no_weights_to_keep() {
        assertThatThrownBy(() -> Mtl.graddrop().every(4).start(List.of("a", "b")))
                .hasMessage("graddrop().every(4): graddrop() makes its update of the gradients themselves, and has no"
                        + " weights that could be kept.\n"
                        + "Take a method that weighs tasks, such as mgda() or pcgrad().");
    }

    @Test
    void psmgd_is_a_word_for_a_line() {
        assertThat(Mtl.psmgd(4, 0.5)).hasToString("mgda().smoothed(0.5).every(4)");
    }
}
