package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.Mtl;

class AfterWarmUpTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return Mtl.mgda().afterWarmUp(2);
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT; // in its first step
    }

    @Override
    String printed() {
        return "mgda().afterWarmUp(2)";
    }

    private static double[] weigh(Weighting weighting, WeighingStep step) {
        double[] weights = new double[step.tasks()];
        weighting.weigh(step, weights);
        return weights;
    }

    private static WeighingStep step(long epoch, long number) {
        WeighingStep step = Steps.ofGradients(new double[][] {{3, 0}, {0, 1}}, 1);
        step.beginEpoch(epoch);
        int[] labelled = step.labelled().clone();
        double[] losses = step.losses().clone();
        step.begin(number);
        System.arraycopy(labelled, 0, step.labelled(), 0, 2);
        System.arraycopy(losses, 0, step.losses(), 0, 2);
        return step;
    }

    private static void assertBegins(Balancer balancer, WeighingStep before, WeighingStep after) {
        Weighting weighting = balancer.start(tasks(2));
        assertThat(weighting.readsGradients(before)).isFalse();
        assertThat(weigh(weighting, before)).containsExactly(1, 1);
        assertThat(weighting.readsGradients(after)).isTrue();
        assertThat(weigh(weighting, after)).containsExactly(weigh(Mtl.mgda().start(tasks(2)), after));
    }

    @Test
    void every_task_weighs_1_before_it_begins() {
        assertBegins(Mtl.mgda().afterWarmUp(2), step(1, 7), step(2, 8));
        assertBegins(Mtl.mgda().afterWarmUpSteps(8), step(1, 7), step(1, 8));
        assertThat(Mtl.mgda().afterWarmUpSteps(8)).hasToString("mgda().afterWarmUpSteps(8)");
    }

    @Test
    void a_loss_method_looks_on() {
        Weighting alone = Mtl.dwa().start(tasks(2));
        Weighting waiting = Mtl.dwa().afterWarmUp(2).start(tasks(2));
        for (int epoch = 0; epoch < 4; epoch++) {
            WeighingStep step = Steps.ofLosses(4.0 / (1 + epoch), 3 - 0.1 * epoch);
            step.beginEpoch(epoch);
            double[] expected = weigh(alone, step);
            assertThat(weigh(waiting, step)).containsExactly(epoch < 2 ? new double[] {1, 1} : expected);
            assertThat(epoch > 1).isEqualTo(expected[0] != 1);
        }
    }

    @Test
    void an_update_by_the_gradients_themselves_waits_too() {
        assertThat(Mtl.graddrop().afterWarmUp(1).start(tasks(2))).isInstanceOf(Aggregator.class);
        assertThat(Mtl.mgda().afterWarmUp(1).start(tasks(2))).isNotInstanceOf(Aggregator.class);
    }

    @Test
    void a_warm_up_takes_time() {
        assertThatThrownBy(() -> Mtl.mgda().afterWarmUp(0))
                .hasMessage("mgda().afterWarmUp(0): it is a number of epochs, at least 1.\n"
                        + "Give for how many every task weighs 1, or leave it out.");
        assertThatThrownBy(() -> Mtl.mgda().afterWarmUpSteps(-3))
                .hasMessage("mgda().afterWarmUpSteps(-3): it is a number of steps, at least 1.\n"
                        + "Give for how many every task weighs 1, or leave it out.");
    }
}
