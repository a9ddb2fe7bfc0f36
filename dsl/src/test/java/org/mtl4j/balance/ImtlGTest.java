package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImtlGTest extends BalancerContract {

    private static final ImtlG IMTL = ImtlG.asPublished();

    @Override
    Balancer balancer(List<String> tasks) {
        return IMTL;
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    boolean weightsCanBeNegative() {
        return true;
    }

    @Override
    boolean hasOneAnswer(double[][] gradients) {
        return isIndependent(gradients);
    }

    @Override
    String printed() {
        return "imtlG()";
    }

    private static double length(double[] vector) {
        return Math.sqrt(Steps.dot(vector, vector));
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void the_projections_of_the_update_onto_all_gradients_are_equal(double[][] gradients) {
        double[] weights = weights(IMTL, tasks(gradients.length), gradients, 1, 1);
        if (!isIndependent(gradients)) {
            return;
        }
        assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-12));
        double[] update = Steps.combination(weights, gradients);
        double first = Steps.dot(update, gradients[0]) / length(gradients[0]);
        double reach = 0;
        for (int t = 0; t < weights.length; t++) {
            reach += Math.abs(weights[t]) * length(gradients[t]);
        }
        for (double[] gradient : gradients) {
            assertThat(Steps.dot(update, gradient) / length(gradient)).isCloseTo(first, within(1e-11 * reach));
        }
    }

    @Test
    void lengths_from_1e_minus_4_to_1e4_do_not_matter() {
        double[][] gradients = normal(5, 8, 1, 6);
        double[] scales = {1e-4, 1e4, 1, 1e2, 1e-3};
        double[] factors = weights(IMTL, tasks(5), gradients, 1, 1);
        double sum = 0;
        for (int t = 0; t < 5; t++) {
            factors[t] /= scales[t];
            sum += factors[t];
            for (int p = 0; p < 8; p++) {
                gradients[t][p] *= scales[t];
            }
        }
        double[] weights = weights(IMTL, tasks(5), gradients, 1, 1);
        for (int t = 0; t < 5; t++) {
            assertThat(weights[t]).isCloseTo(factors[t] / sum, within(1e-11 * Math.abs(factors[t] / sum)));
        }
    }

    @Test
    void of_two_tasks_each_has_the_length_of_the_other() {
        assertThat(weights(IMTL, tasks(2), new double[][] {{3, 4}, {0, 15}}, 1, 1))
                .containsExactly(0.75, 0.25);
        assertThat(weights(IMTL, tasks(2), new double[][] {{3, 4}, {-9, -12}}, 1, 1))
                .containsExactly(0.75, 0.25);
    }

    @Test
    void gradients_that_depend_on_each_other_are_weighed_by_the_pseudo_inverse_of_the_gram() {
        double[][] aligned = {{2, 0}, {4, 0}, {1, 0}};
        assertThat(weights(IMTL, tasks(3), aligned, 1, 1))
                .containsExactly(new double[] {2 / 7.0, 4 / 7.0, 1 / 7.0}, within(1e-14));
        double[][] cancelling = {{1, 0}, {-0.5, Math.sqrt(0.75)}, {-0.5, -Math.sqrt(0.75)}};
        assertThat(weights(IMTL, tasks(3), cancelling, 1, 1)).containsExactly(0, 0, 0);
    }

    @Test
    void a_task_without_labels_or_at_rest_takes_no_part() {
        double[][] gradients = {{0, 0}, {3, 0}, {0, 1}};
        WeighingStep step = Steps.ofGradients(gradients, 1);
        double[] weights = new double[3];
        IMTL.start(step.names()).weigh(step, weights);
        assertThat(weights).containsExactly(0, 0.25, 0.75);
        step.labelled()[1] = 0;
        IMTL.start(step.names()).weigh(step, weights);
        assertThat(weights).containsExactly(0, 0, 1);
        Arrays.fill(step.labelled(), 0);
        IMTL.start(step.names()).weigh(step, weights);
        assertThat(weights).containsExactly(0, 0, 0);
    }

    @Test
    void it_prints_its_wither() {
        assertThat(IMTL.headsWeighted()).hasToString("imtlG().headsWeighted()");
        assertThat(IMTL.headsWeighted().heads()).isEqualTo(Balancer.Heads.WEIGHTED);
    }
}
