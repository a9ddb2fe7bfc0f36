package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.golden.Tensors;
import tools.jackson.databind.JsonNode;

class KrumTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return tasks.size() < 4 ? Krum.of(0, 1) : Krum.of(1, 2);
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    String printed() {
        return "krum(0)";
    }

    private double[] weights(Krum krum, double[]... gradients) {
        return weights(krum, tasks(gradients.length), gradients, 1, 1);
    }

    static Stream<JsonNode> peer() {
        return Peers.cases("torchjd-robust.json", "krum");
    }

    @ParameterizedTest
    @MethodSource("peer")
    void with_plain_distances_it_is_that_of_torchjd(JsonNode each) {
        Krum krum = Krum.of(
                        each.path("byzantine").asInt(), each.path("selected").asInt())
                .plainDistances();
        double[][] gradients = Peers.gradients(each);
        double[] weights = weights(krum, gradients);
        Tensors.assertClose("weights", weights, Tensors.values(each.path("weights")), Tensors.DOUBLE);
        Steps.assertDirection(weights, each.path("gradients"), each.path("direction"), Tensors.DOUBLE);
    }

    /** The sum of the least of the squared distances to the other vectors, from the vectors themselves. */
    private static double score(double[][] vectors, int i, int nearest) {
        return Stream.of(vectors)
                .filter(other -> other != vectors[i])
                .mapToDouble(other -> {
                    double square = 0;
                    for (int p = 0; p < other.length; p++) {
                        square += (other[p] - vectors[i][p]) * (other[p] - vectors[i][p]);
                    }
                    return square;
                })
                .sorted()
                .limit(nearest)
                .sum();
    }

    @Test
    void it_selects_those_with_the_least_sum_of_squared_distances() {
        for (long seed = 1; seed <= 30; seed++) {
            int tasks = 5 + (int) seed % 5;
            int byzantine = (int) seed % 3;
            int selected = 1 + (int) seed % 3;
            double[][] gradients = normal(tasks, 6, 1, seed);
            double[] weights = weights(Krum.of(byzantine, selected), gradients);
            int nearest = tasks - byzantine - 2;
            for (int i = 0; i < tasks; i++) {
                int better = 0;
                for (int j = 0; j < tasks; j++) {
                    better += score(gradients, j, nearest) < score(gradients, i, nearest) ? 1 : 0;
                }
                assertThat(weights[i]).isCloseTo(better < selected ? 1.0 / selected : 0, within(1e-15));
            }
        }
    }

    @Test
    void squares_and_plain_distances_can_select_different_gradients() {
        double[][] line = {{0}, {-2}, {2}, {97}, {100}, {100.5}}; // 0: 2 and 2; 100: 0.5 and 3
        assertThat(weights(Krum.of(2, 1), line)).containsExactly(1, 0, 0, 0, 0, 0);
        assertThat(weights(Krum.of(2, 1).plainDistances(), line)).containsExactly(0, 0, 0, 0, 1, 0);
    }

    @Test
    void a_gradient_far_from_the_others_is_never_selected() {
        double[][] gradients = {{1, 0}, {1.1, 0}, {1, 0.1}, {0.9, 0.05}, {-300, 20}};
        assertThat(weights(Krum.of(1, 4), gradients)).containsExactly(0.25, 0.25, 0.25, 0.25, 0);
    }

    @Test
    void equal_scores_share_the_places_that_are_left() {
        assertThat(weights(Krum.of(0, 1), new double[] {1}, new double[] {2}, new double[] {9}))
                .containsExactly(0.5, 0.5, 0);
        double[][] square = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
        assertThat(weights(Krum.of(1, 1), square)).containsExactly(0.25, 0.25, 0.25, 0.25);
        assertThat(weights(Krum.of(1, 3), square)).containsExactly(0.25, 0.25, 0.25, 0.25);
        assertThat(weights(Krum.of(0, 1), new double[] {7})).containsExactly(1);
        assertThat(weights(Krum.of(0, 1), new double[] {7}, new double[] {-7})).containsExactly(0.5, 0.5);
    }

    @Test
    void a_task_without_labels_takes_no_part() {
        double[][] gradients = {{1, 0}, {1.1, 0}, {1, 0.1}, {5, 5}, {9, 9}};
        WeighingStep step = Steps.ofGradients(gradients, 1);
        double[] weights = new double[5];
        Weighting weighting = Krum.of(1, 2).start(tasks(5));
        for (int t = 0; t < 3; t++) {
            step.labelled()[t] = 0;
        }
        weighting.weigh(step, weights);
        assertThat(weights).containsExactly(0, 0, 0, 0.5, 0.5);
        step.labelled()[4] = 0;
        weighting.weigh(step, weights);
        assertThat(weights).containsExactly(0, 0, 0, 1, 0);
        step.labelled()[3] = 0;
        weighting.weigh(step, weights);
        assertThat(weights).containsExactly(0, 0, 0, 0, 0);
    }

    @Test
    void numbers_that_do_not_fit_the_tasks_are_errors() {
        assertThatThrownBy(() -> Krum.of(-1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "krum(-1): the number of gradients that are taken to be wrong is at least 0.%nGive 0 if none is, or 1."
                                .formatted());
        assertThatThrownBy(() -> Krum.of(1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "krum(1, 0): it selects a number of gradients, at least 1.%nGive 1 for Krum itself, or more for multi-Krum."
                                .formatted());
        assertThatThrownBy(() -> Krum.of(2, 1).start(tasks(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "krum(2): there must be at least byzantine + 3 = 5 tasks, and there are 4: [task 0, task 1, task 2, task 3].%nGive at most krum(1), or add tasks."
                                .formatted());
        assertThatThrownBy(() -> Krum.of(1, 1).start(tasks(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "krum(1): there must be at least byzantine + 3 = 4 tasks, and there are 2: [task 0, task 1].%nGive krum(0), or add tasks."
                                .formatted());
        assertThatThrownBy(() -> Krum.of(0, 3).start(tasks(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "krum(0, 3): it selects 3 gradients, and there are 2 tasks: [task 0, task 1].%nSelect at most 2."
                                .formatted());
    }

    @Test
    void it_prints_its_withers() {
        assertThat(Krum.of(2, 3).plainDistances().headsWeighted())
                .hasToString("krum(2, 3).plainDistances().headsWeighted()");
    }
}
