package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.Mtl;

class CombinedTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        Fixed fixed = new Fixed(Map.of());
        for (String task : tasks) {
            fixed = fixed.with(task, 1 + Integer.parseInt(task.substring("task ".length())));
        }
        return new Combined(fixed, Mgda.asPublished());
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT; // fixed scales, and the shortest point of the hull
    }

    @Override
    boolean hasOneAnswer(double[][] gradients) {
        return isIndependent(gradients); // else as MGDA's own test says
    }

    @Override
    String printed() {
        return "combined(fixed().with(\"task 0\", 1.0).with(\"task 1\", 2.0), mgda())";
    }

    @Test
    void the_weights_are_those_of_the_second_on_gradients_that_the_first_scaled() {
        double[][] gradients = normal(3, 8, 1, 5);
        double[][] scaled = normal(3, 8, 1, 5);
        for (int t = 0; t < 3; t++) {
            for (int p = 0; p < 8; p++) {
                scaled[t][p] *= t + 1;
            }
        }
        double[] expected = weights(Mgda.asPublished(), tasks(3), scaled, 1, 1);
        double[] weights = weights(balancer(tasks(3)), tasks(3), gradients, 1, 1);
        for (int t = 0; t < 3; t++) {
            assertThat(weights[t]).isCloseTo((t + 1) * expected[t], within(1e-12));
        }
    }

    @Test
    void the_second_sees_scaled_losses_and_the_step_is_left_as_it_was() {
        Own second = Mtl.balancer("losses", step -> step.losses().clone()).readsGram();
        Own first = Mtl.balancer("two", step -> new double[] {2, 2});
        Weighting weighting = new Combined(first, second).start(tasks(2));
        WeighingStep step = Steps.ofGradients(new double[][] {{1, 2}, {0, 1}}, 1);
        step.losses()[1] = 5;
        double[] gram = step.gram().clone();
        double[] weights = new double[2];
        weighting.weigh(step, weights);
        assertThat(weights).containsExactly(4, 20);
        assertThat(step.losses()).containsExactly(1, 5);
        assertThat(step.gram()).containsExactly(gram);
    }

    @Test
    void each_trains_its_own_parameters() {
        Combined both = new Combined(new ImtlL(), GradNorm.asPublished().baseline(1));
        Weighting weighting = both.start(tasks(2));
        assertThat(weighting.ownParameters()).containsExactly(0, 0, 1, 1);
        WeighingStep step = Steps.ofGradients(new double[][] {{3, 4}, {1, 0}}, 1);
        float[] s = {Float.NaN, 0, 1, 1, 1}; // not theirs, then theirs
        float[] slope = {9, 9, 9, 9, 9};
        step.losses()[0] = 3;
        step.bindOwn(s, slope, 1);
        double[] weights = new double[2];
        weighting.weigh(step, weights);
        assertThat(slope[0]).isEqualTo(9);
        assertThat((double) slope[1]).isCloseTo(2, within(1e-6)); // exp(0) L - 1
        assertThat((double) slope[2]).isCloseTo(Math.E - 1, within(1e-6));
        assertThat((double) slope[3]).isNotEqualTo(9).isCloseTo(-slope[4], within(1e-6));
        assertThat(slope[4]).isNotZero();
    }

    @Test
    void heads_get_the_scales_or_the_weights_where_the_second_reaches_heads() {
        assertThat(new Combined(new ImtlL(), ImtlG.asPublished()).heads()).isEqualTo(Balancer.Heads.SCALED);
        assertThat(new Combined(new ImtlL(), NashMtl.asPublished()).heads()).isEqualTo(Balancer.Heads.WEIGHTED);
    }

    @Test
    void both_remember_what_they_remember_alone() {
        Weighting weighting = new Combined(Dwa.asPublished(), GradVac.asPublished()).start(tasks(2));
        weighting.weigh(Steps.ofGradients(new double[][] {{1, 0}, {-1, 1}}, 1), new double[2]);
        Logged logged = new Logged();
        weighting.state(logged);
        assertThat(logged.reals("dwa sums")).containsExactly(1, 1);
        Logged alone = new Logged();
        Weighting vaccine = GradVac.asPublished().start(tasks(2));
        vaccine.weigh(Steps.ofGradients(new double[][] {{1, 0}, {-1, 1}}, 1), new double[2]);
        vaccine.state(alone);
        assertThat(logged.reals("gradvac targets")).containsExactly(alone.reals("gradvac targets"));
    }

    @Test
    void some_of_the_tasks_keep_what_is_theirs() {
        Fixed fixed = new Fixed(Map.of()).with("a", 1).with("b", 2);
        assertThat(new Combined(fixed, Mgda.asPublished()).restrictTo(List.of("b")))
                .isEqualTo(new Combined(fixed.restrictTo(List.of("b")), Mgda.asPublished()));
    }

    @Test
    void a_pair_that_does_not_fit_is_refused() {
        assertThatThrownBy(() -> new Combined(PcGrad.asPublished(), PcGrad.asPublished()))
                .hasMessage(
                        "combined(pcgrad(), ..): the first method scales the losses, and pcgrad() reads gradients.%nGive a loss method first, and a gradient method after it: combined(uncertainty(), pcgrad())."
                                .formatted());
        assertThatThrownBy(() -> new Combined(new ImtlL(), new ImtlL()))
                .hasMessage(
                        "combined(.., imtlL()): the second method weighs by gradients, and imtlL() reads losses only.%nGive a loss method first, and a gradient method after it: combined(uncertainty(), pcgrad())."
                                .formatted());
        assertThatThrownBy(() -> new Combined(new ImtlL(), MoCo.asPublished()))
                .hasMessage(
                        "combined(.., moco()): moco() reads the gradients number by number, as they are before the losses are scaled.%nTake a method that reads their inner products, such as mgda() or pcgrad()."
                                .formatted());
    }
}
