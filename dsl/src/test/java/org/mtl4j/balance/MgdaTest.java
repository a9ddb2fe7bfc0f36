package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MgdaTest extends BalancerContract {

    private static final Mgda MGDA = Mgda.asPublished();

    @Override
    Balancer balancer(List<String> tasks) {
        return MGDA;
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    boolean hasOneAnswer(double[][] gradients) {
        return gradients.length <= gradients[0].length; // more gradients than dimensions depend on each other
    }

    @Override
    String printed() {
        return "mgda()";
    }

    static Stream<Arguments> updates() {
        return gradients()
                .flatMap(each ->
                        Stream.of(MGDA, MGDA.l2(), MGDA.loss(), MGDA.lossPlus()).map(mgda -> Arguments.of(mgda, each)));
    }

    private double[] update(Mgda mgda, double[][] gradients) {
        return Steps.combination(weights(mgda, tasks(gradients.length), gradients, 1, 1), gradients);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("updates")
    void the_update_conflicts_with_no_task(Mgda mgda, double[][] gradients) {
        double[] weights = weights(mgda, tasks(gradients.length), gradients, 1, 1);
        double[] update = Steps.combination(weights, gradients);
        double reach = 0; // what rounding is measured by
        for (int t = 0; t < weights.length; t++) {
            reach += weights[t] * length(gradients[t]);
        }
        for (double[] gradient : gradients) {
            assertThat(Steps.dot(update, gradient)).isGreaterThanOrEqualTo(-1e-13 * reach * length(gradient));
        }
    }

    private static double length(double[] vector) {
        return Math.sqrt(Steps.dot(vector, vector));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("updates")
    void the_update_does_not_depend_on_the_order_of_the_tasks(Mgda mgda, double[][] gradients) {
        int n = gradients.length;
        double[][] reversed = new double[n][];
        for (int t = 0; t < n; t++) {
            reversed[n - 1 - t] = gradients[t];
        }
        List<String> names = new ArrayList<>(tasks(n));
        Collections.reverse(names);
        double[] weights = weights(mgda, names, reversed, 1, 1);
        double longest =
                Arrays.stream(gradients).mapToDouble(MgdaTest::length).max().orElseThrow();
        assertThat(Steps.combination(weights, reversed))
                .containsExactly(update(mgda, gradients), within(1e-9 * (longest + sum(weights) * longest)));
    }

    private static double sum(double[] weights) {
        return Arrays.stream(weights).sum();
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void weights_sum_to_1_without_a_normalisation(double[][] gradients) {
        assertThat(sum(weights(MGDA, tasks(gradients.length), gradients, 1, 1))).isCloseTo(1, within(1e-12));
        Mgda raw = MGDA.lossPlus().unnormalisedUpdate();
        double sum = sum(weights(raw, tasks(gradients.length), gradients, 1, 1));
        assertThat(Math.min(sum, Math.abs(1 - sum))).isCloseTo(0, within(1e-12)); // 0 where every gradient is zero
    }

    @Test
    void a_normalised_update_is_the_shortest_vector_between_normalised_gradients() {
        double[][] gradients = normal(4, 8, 1, 3);
        List<String> tasks = tasks(4);
        for (Mgda mgda : List.of(MGDA.l2(), MGDA.loss(), MGDA.lossPlus())) {
            double[][] units = new double[4][];
            double[] norms = new double[4];
            for (int t = 0; t < 4; t++) {
                double loss = mgda.equals(MGDA.l2()) ? 1 : t + 1;
                double norm = mgda.equals(MGDA.loss()) ? loss : loss * length(gradients[t]);
                norms[t] = norm;
                units[t] = Arrays.stream(gradients[t]).map(g -> g / norm).toArray();
            }
            double[] solution = weights(MGDA, tasks, units, 1, 1);
            double[] weights = weights(mgda, tasks, gradients, 1, 1);
            double[] raw = weights(mgda.unnormalisedUpdate(), tasks, gradients, 1, 1);
            for (int t = 0; t < 4; t++) {
                assertThat(weights[t]).as("%s", mgda).isCloseTo(solution[t] / norms[t], within(1e-12));
                assertThat(raw[t]).isCloseTo(solution[t], within(1e-12));
            }
        }
    }

    @Test
    void an_unnormalised_update_may_conflict_as_in_the_authors_code() {
        double[][] gradients = {{10, 0}, {-0.5, 0.75}};
        double[] update = update(MGDA.l2().unnormalisedUpdate(), gradients);
        assertThat(Steps.dot(update, gradients[1])).isNegative();
        assertThat(Steps.dot(update(MGDA.l2(), gradients), gradients[1])).isPositive();
    }

    private static double[] weights(Mgda mgda, WeighingStep step) {
        double[] weights = new double[step.tasks()];
        mgda.start(step.names()).weigh(step, weights);
        return weights;
    }

    @Test
    void a_task_without_labels_takes_no_part_and_a_labelled_one_at_rest_stops_the_update() {
        double[][] gradients = {{0, 0}, {3, 0}, {0, 4}};
        WeighingStep step = Steps.ofGradients(gradients, 1);
        assertThat(weights(MGDA, step)).containsExactly(1, 0, 0);
        assertThat(weights(MGDA.l2(), step)).containsExactly(new double[] {0, 0.5 / 3, 0.5 / 4}, within(1e-15));
        step.labelled()[0] = 0;
        assertThat(weights(MGDA, step)).containsExactly(new double[] {0, 16 / 25.0, 9 / 25.0}, within(1e-15));
        Arrays.fill(step.labelled(), 0);
        assertThat(weights(MGDA, step)).containsExactly(0, 0, 0);
    }

    @Test
    void a_task_whose_loss_is_0_takes_no_part_and_a_negative_loss_keeps_its_direction() {
        double[][] gradients = {{1, 0}, {0, 1}, {1, 1}};
        WeighingStep step = Steps.ofGradients(gradients, 1);
        step.losses()[0] = 0;
        step.losses()[1] = -2;
        step.losses()[2] = 2;
        double[] weights = weights(MGDA.loss(), step);
        assertThat(weights).containsExactly(0, 0.5, 0);
    }

    @Test
    void numbers_that_are_not_finite_end_too() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            WeighingStep step = Steps.ofGradients(normal(5, 8, 1, 1), 1);
            step.gram()[7] = bad;
            step.gram()[6] = bad;
            assertThat(weights(MGDA, step)).hasSize(5).doesNotContain(Double.NEGATIVE_INFINITY);
            assertThat(weights(MGDA.lossPlus(), step)).hasSize(5);
        }
    }

    @Test
    void it_prints_its_withers() {
        assertThat(MGDA.l2().unnormalisedUpdate().headsWeighted())
                .hasToString("mgda().l2().unnormalisedUpdate().headsWeighted()");
        assertThat(MGDA.loss()).hasToString("mgda().loss()");
        assertThat(MGDA.lossPlus()).hasToString("mgda().lossPlus()");
        assertThat(MGDA.headsWeighted().heads()).isEqualTo(Balancer.Heads.WEIGHTED);
        assertThat(MGDA.heads()).isEqualTo(Balancer.Heads.UNIT);
    }
}
