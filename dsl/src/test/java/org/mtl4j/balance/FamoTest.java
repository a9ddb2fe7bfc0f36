package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FamoTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return Famo.asPublished().rate(0.05).decay(0.01).atLeast("task 0", -1);
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR; // the bound of a loss does not scale with it
    }

    @Override
    String printed() {
        return "famo().rate(0.05).decay(0.01).atLeast(\"task 0\", -1.0)";
    }

    private static double[] weights(Weighting weighting, WeighingStep step) {
        double[] weights = new double[step.tasks()];
        weighting.weigh(step, weights);
        return weights;
    }

    @Test
    void the_first_weights_are_one_over_the_losses_and_sum_to_1() {
        Weighting weighting = Famo.asPublished().start(BalancerContract.tasks(2));
        assertThat(weights(weighting, Steps.ofLosses(1, 3))).containsExactly(new double[] {0.75, 0.25}, within(1e-8));
    }

    @Test
    void a_task_whose_loss_fell_more_gets_less_than_before() {
        Weighting weighting = Famo.asPublished().start(BalancerContract.tasks(2));
        double before = weights(weighting, Steps.ofLosses(1, 1))[0];
        weighting.hear(Steps.ofLosses(0.5, 0.9));
        assertThat(weights(weighting, Steps.ofLosses(1, 1))[0]).isLessThan(before);
    }

    @Test
    void a_task_without_labels_weighs_0_and_its_logit_only_decays() {
        Weighting weighting = Famo.asPublished().decay(0).start(BalancerContract.tasks(3));
        WeighingStep step = Steps.ofLosses(1, 1, 0);
        step.labelled()[2] = 0;
        assertThat(weights(weighting, step)).containsExactly(new double[] {0.5, 0.5, 0}, within(1e-12));
        weighting.hear(step);
        Logged state = new Logged();
        weighting.state(state);
        assertThat(state.reals("famo logits")).containsOnly(0);
    }

    @Test
    void a_batch_without_any_label_weighs_nobody() {
        WeighingStep step = Steps.ofLosses(0, 0);
        step.labelled()[0] = 0;
        step.labelled()[1] = 0;
        assertThat(weights(Famo.asPublished().start(step.names()), step)).containsOnly(0);
    }

    @Test
    void a_loss_at_or_below_its_bound_counts_as_on_it() {
        Weighting weighting = Famo.asPublished().atLeast("task 0", 2).start(BalancerContract.tasks(2));
        double[] below = weights(weighting, Steps.ofLosses(1, 1));
        assertThat(weights(weighting, Steps.ofLosses(2, 1))).containsExactly(below);
        assertThat(below).containsExactly(new double[] {1, 0}, within(1e-7));
        weighting.hear(Steps.ofLosses(1.5, 1));
        assertThat(weights(weighting, Steps.ofLosses(3, 1))).doesNotContain(Double.NaN);
    }

    @Test
    void what_is_wrong_with_its_numbers_is_said() {
        assertThatThrownBy(() -> Famo.asPublished().rate(-1))
                .hasMessage("famo().rate(-1.0): it is a finite number of at least 0.%nLeave it out for the default."
                        .formatted());
        assertThatThrownBy(() -> Famo.asPublished().decay(Double.NaN)).hasMessageStartingWith("famo().decay(NaN)");
        assertThatThrownBy(() -> Famo.asPublished().atLeast("a", Double.NEGATIVE_INFINITY))
                .hasMessage(
                        "famo().atLeast(\"a\", -Infinity): it is a finite number.%nGive a number that the loss stays above, such as 0."
                                .formatted());
        assertThatThrownBy(() -> Famo.asPublished().atLeast("age", 1).start(List.of("income")))
                .hasMessage(
                        "famo().atLeast(\"age\", 1.0): there is a bound for 'age', which is no task of the recipe.%nThe tasks are [income]."
                                .formatted());
    }

    @Test
    void some_of_the_tasks_keep_their_bounds() {
        Famo famo = Famo.asPublished().atLeast("a", 1).atLeast("b", 2);
        assertThat(famo.restrictTo(List.of("b")).bounds()).isEqualTo(Map.of("b", 2.0));
    }
}
