package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mtl4j.balance.Rlw.Distribution;

class RlwTest extends BalancerContract {

    private static final int STEPS = 20_000;

    @Override
    Balancer balancer(List<String> tasks) {
        return Rlw.asPublished();
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    boolean hasOneAnswer(double[][] gradients) {
        return gradients.length == 1; // weights are drawn in the order of the tasks
    }

    @Override
    String printed() {
        return "rlw()";
    }

    /** Weights of so many steps of one training, [steps][tasks]. */
    private static double[][] drawn(Rlw rlw, int tasks) {
        WeighingStep step = Steps.ofLosses(new double[tasks]);
        Weighting weighting = rlw.start(step.names());
        double[][] all = new double[STEPS][tasks];
        for (double[] weights : all) {
            weighting.weigh(step, weights);
        }
        return all;
    }

    private static double mean(double[][] weights, int task) {
        return Arrays.stream(weights).mapToDouble(w -> w[task]).average().orElseThrow();
    }

    private static double variance(double[][] weights, int task) {
        double mean = mean(weights, task);
        return Arrays.stream(weights)
                .mapToDouble(w -> (w[task] - mean) * (w[task] - mean))
                .average()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(value = Distribution.class, names = "BERNOULLI", mode = EnumSource.Mode.EXCLUDE)
    void weights_sum_to_1_and_favour_no_task(Distribution distribution) {
        double[][] weights = drawn(new Rlw(distribution), 4);
        for (double[] each : weights) {
            assertThat(Arrays.stream(each).sum()).isCloseTo(1, within(1e-12));
            for (double weight : each) {
                assertThat(weight).isBetween(0.0, 1.0);
            }
        }
        for (int t = 0; t < 4; t++) {
            assertThat(mean(weights, t)).isCloseTo(0.25, within(0.015)); // five standard errors at the widest
        }
    }

    @ParameterizedTest
    @EnumSource(Distribution.class)
    void one_task_weighs_1(Distribution distribution) {
        for (double[] weights : drawn(new Rlw(distribution), 1)) {
            assertThat(weights).containsExactly(1);
        }
    }

    @Test
    void weights_on_the_simplex_have_the_variance_of_a_flat_dirichlet() {
        double[][] weights = drawn(Rlw.asPublished().dirichlet(), 3);
        assertThat(variance(weights, 1)).isCloseTo(1.0 / 18, within(0.002)); // (1/3)(2/3) / (3 + 1)
    }

    @Test
    void weights_of_two_tasks_are_the_softmax_of_their_draws() {
        double[] normals = {0.5, -1};
        Distribution.NORMAL.weigh(normals);
        double first = 1 / (1 + Math.exp(-1.5));
        assertThat(normals).containsExactly(new double[] {first, 1 - first}, within(1e-15));
    }

    @Test
    void coins_leave_each_task_out_as_often_but_never_all() {
        double[][] weights = drawn(Rlw.asPublished().bernoulli(), 2);
        for (double[] each : weights) {
            assertThat(each[0] + each[1]).isIn(1.0, 2.0);
        }
        assertThat(mean(weights, 0)).isCloseTo(2.0 / 3, within(0.02)); // three outcomes, two of them with the task
        assertThat(mean(weights, 1)).isCloseTo(2.0 / 3, within(0.02));
    }

    @Test
    void one_task_a_step_is_trained_alone() {
        for (double[] each : drawn(Rlw.asPublished().oneTask(), 5)) {
            assertThat(each).containsExactlyInAnyOrder(1, 0, 0, 0, 0);
        }
    }

    @Test
    void each_step_draws_anew() {
        double[][] weights = drawn(Rlw.asPublished(), 2);
        assertThat(weights[0]).isNotEqualTo(weights[1]);
    }

    @Test
    void it_prints_its_distribution() {
        assertThat(Rlw.asPublished().uniform()).hasToString("rlw().uniform()");
        assertThat(Rlw.asPublished().dirichlet()).hasToString("rlw().dirichlet()");
        assertThat(Rlw.asPublished().bernoulli()).hasToString("rlw().bernoulli()");
        assertThat(Rlw.asPublished().oneTask()).hasToString("rlw().oneTask()");
    }
}
