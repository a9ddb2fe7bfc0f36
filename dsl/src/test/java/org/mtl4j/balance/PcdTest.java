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

class PcdTest extends BalancerContract {

    private static final Pcd PCD = Pcd.of("task 0");

    @Override
    Balancer balancer(List<String> tasks) {
        return PCD.eps(0);
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    boolean hasOneAnswer(double[][] gradients) {
        return isIndependent(gradients); // else one other task can stand in for another
    }

    @Override
    String printed() {
        return "pcd(\"task 0\").eps(0.0)";
    }

    private static double[] weigh(Weighting weighting, WeighingStep step) {
        double[] weights = new double[step.tasks()];
        weighting.weigh(step, weights);
        return weights;
    }

    static Stream<JsonNode> peer() {
        return Peers.cases("torchjd-pcd.json", "pcd");
    }

    @ParameterizedTest
    @MethodSource("peer")
    void it_goes_the_way_of_torchjd(JsonNode each) {
        Pcd pcd = PCD.tau(each.path("tau").asDouble()).beta(each.path("beta").asDouble());
        List<JsonNode> steps = each.path("steps").valueStream().toList();
        Weighting weighting = pcd.start(tasks(steps.get(0).path("gradients").size()));
        for (JsonNode step : steps) {
            double[][] gradients = Peers.gradients(step);
            double[] weights = weigh(weighting, Steps.ofGradients(gradients, 1));
            double[] direction = Steps.combination(weights, gradients);
            double[] expected = Tensors.values(step.path("direction"));
            double length = Math.sqrt(Steps.dot(expected, expected));
            assertThat(direction).containsExactly(expected, within(1e-7 * Math.max(1e-9, length)));
        }
    }

    @Test
    void the_main_gradient_passes_where_others_gain_enough_by_it() {
        double[][] gradients = {{1, 0, 0}, {0.5, 1, 0}, {0.1, 0, 2}};
        assertThat(weights(PCD, tasks(3), gradients, 1, 1)).containsExactly(new double[] {1, 0, 0}, within(1e-9));
    }

    @Test
    void others_keep_their_share_and_the_update_the_length_of_the_main_gradient() {
        double[][] gradients = {{1, 0, 0}, {-0.5, 1, 0}, {-0.1, 0, 2}};
        double[] update = Steps.combination(weights(PCD.tau(0.1), tasks(3), gradients, 1, 1), gradients);
        assertThat(Steps.dot(update, update)).isCloseTo(1, within(1e-8));
        double one = Steps.dot(update, gradients[1]) / Math.sqrt(Steps.dot(gradients[1], gradients[1]));
        double other = Steps.dot(update, gradients[2]) / Math.sqrt(Steps.dot(gradients[2], gradients[2]));
        assertThat(one).isPositive().isCloseTo(other, within(1e-7)); // both stand at the share, of unit lengths
    }

    @Test
    void shares_that_no_update_keeps_are_dropped() {
        double[][] gradients = {{1, 1}, {1, 0}, {-1, 0}};
        assertThat(weights(PCD, tasks(3), gradients, 1, 1)).containsExactly(1, 0, 0);
    }

    @Test
    void without_the_main_task_there_is_nothing_to_follow() {
        WeighingStep step = Steps.ofGradients(new double[][] {{1, 2}, {3, 1}}, 1);
        step.labelled()[0] = 0;
        assertThat(weigh(PCD.start(tasks(2)), step)).containsExactly(0, 0);
        assertThat(weigh(PCD.start(tasks(2)), Steps.ofGradients(new double[][] {{0, 0}, {3, 1}}, 1)))
                .containsExactly(0, 0);
    }

    @Test
    void a_main_task_that_is_not_there_is_an_error() {
        assertThatThrownBy(() -> Pcd.of("income").start(List.of("age")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pcd(\"income\"): the main task 'income' is no task of the recipe.\nThe tasks are [age].");
    }

    @Test
    void numbers_out_of_bounds_are_errors() {
        assertThatThrownBy(() -> PCD.tau(1.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "pcd(\"task 0\").tau(1.1): it is the share of its own progress that each other task keeps, from 0"
                                + " to 1.\nGive 0.02, or more for tasks that count for more.");
        assertThatThrownBy(() -> PCD.beta(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "pcd(\"task 0\").beta(1.0): it is a number of at least 0 and below 1.\nGive 0.999, or 0 for the"
                                + " lengths of each batch alone.");
        assertThatThrownBy(() -> PCD.eps(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pcd(\"task 0\").eps(NaN): it is a finite number of at least 0.\nGive 1.0E-8, or 0 where"
                        + " gradients are short.");
    }
}
