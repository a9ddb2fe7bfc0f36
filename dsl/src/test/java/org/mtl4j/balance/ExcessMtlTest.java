package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExcessMtlTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return ExcessMtl.asPublished().rate(0.5).onSimplex();
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR;
    }

    @Override
    String printed() {
        return "excessMtl().rate(0.5).onSimplex()";
    }

    private static double[] weights(Weighting weighting, double[][] gradients, int... unlabelled) {
        WeighingStep step = Steps.ofGradients(gradients, 1);
        for (int t : unlabelled) {
            step.labelled()[t] = 0;
        }
        double[] weights = new double[gradients.length];
        weighting.weigh(step, weights);
        return weights;
    }

    private static Weighting open(ExcessMtl excessMtl, int tasks, int parameters) {
        Weighting weighting = excessMtl.start(tasks(tasks));
        weighting.open(parameters);
        return weighting;
    }

    @Test
    void the_first_step_only_measures_and_a_task_with_more_left_gains() {
        Weighting weighting = open(ExcessMtl.asPublished().rate(1), 2, 1);
        assertThat(weights(weighting, new double[][] {{1}, {1}})).containsExactly(1, 1);
        double[] second = weights(weighting, new double[][] {{2}, {0.1}});
        assertThat(second[0]).isGreaterThan(1);
        assertThat(second[0] + second[1]).isCloseTo(2, within(1e-12));
    }

    @Test
    void a_task_without_labels_weighs_0_and_is_measured_by_its_first_gradient() {
        Weighting weighting = open(ExcessMtl.asPublished().rate(1), 2, 1);
        assertThat(weights(weighting, new double[][] {{1}, {0}}, 1)).containsExactly(1, 0);
        double[] second = weights(weighting, new double[][] {{1}, {1}}); // the other's first: no gain
        double gain = Math.exp(Math.sqrt(0.5)); // 1 / sqrt(2) by 1
        assertThat(second[0] / second[1]).isCloseTo(gain, within(1e-6));
    }

    @Test
    void a_risk_that_grows_without_bound_leaves_weights_finite() {
        Weighting weighting = open(ExcessMtl.asPublished().rate(10), 2, 1);
        weights(weighting, new double[][] {{1e-12}, {1}});
        double[] weights = weights(weighting, new double[][] {{1e6}, {1}});
        assertThat(weights).containsExactly(new double[] {2, 0}, within(1e-12));
    }

    @Test
    void a_rate_that_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> ExcessMtl.asPublished().rate(0))
                .hasMessage(
                        "excessMtl().rate(0.0): it is a finite number above 0.%nGive 0.01, or more for weights that move faster."
                                .formatted());
    }
}
