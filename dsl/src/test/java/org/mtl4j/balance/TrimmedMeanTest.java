package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.golden.Tensors;
import tools.jackson.databind.JsonNode;

class TrimmedMeanTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return new TrimmedMean((tasks.size() - 1) / 2);
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    String printed() {
        return "trimmedMean(0)";
    }

    private static float[] update(int trim, WeighingStep step, int parameters) {
        Aggregator aggregator = (Aggregator) new TrimmedMean(trim).start(step.names());
        float[] direction = new float[parameters];
        Arrays.fill(direction, Float.NaN); // all are written
        aggregator.aggregate(step, direction);
        return direction;
    }

    private static float[] update(int trim, double[]... gradients) {
        return update(trim, Steps.ofGradients(gradients, 1), gradients[0].length);
    }

    static Stream<JsonNode> peer() {
        return Peers.cases("torchjd-robust.json", "trimmedMean");
    }

    @ParameterizedTest
    @MethodSource("peer")
    void it_is_that_of_torchjd(JsonNode each) {
        float[] update = update(each.path("trim").asInt(), Peers.gradients(each));
        Tensors.assertGradient("direction", update, Tensors.values(each.path("direction")));
    }

    @Test
    void it_is_the_mean_of_the_sorted_numbers_without_both_ends() {
        for (long seed = 1; seed <= 20; seed++) {
            int tasks = 1 + (int) seed % 9;
            int trim = (int) seed % ((tasks + 1) / 2);
            double[][] gradients = normal(tasks, 3, 1, seed);
            float[] update = update(trim, gradients);
            for (int p = 0; p < 3; p++) {
                int parameter = p;
                double mean = Arrays.stream(gradients)
                        .mapToDouble(row -> row[parameter])
                        .sorted()
                        .skip(trim)
                        .limit(tasks - 2L * trim)
                        .average()
                        .orElseThrow();
                assertThat(update[p]).isCloseTo((float) mean, within(1e-6f));
            }
        }
    }

    @Test
    void a_task_without_labels_takes_no_part() {
        double[][] gradients = {{1, 5}, {2, 4}, {9, -9}, {0, 0}};
        WeighingStep step = Steps.ofGradients(gradients, 1);
        step.labelled()[3] = 0;
        assertThat(update(1, step, 2)).containsExactly(2, 4);
        double[] weights = new double[4];
        new TrimmedMean(1).start(tasks(4)).weigh(step, weights);
        assertThat(weights).containsExactly(new double[] {1.0 / 3, 1.0 / 3, 1.0 / 3, 0}, within(1e-15));
        step.labelled()[0] = 0;
        assertThat(update(1, step, 2)).containsExactly(5.5f, -2.5f); // too few to leave any out
        step.labelled()[1] = 0;
        assertThat(update(1, step, 2)).containsExactly(9, -9);
        step.labelled()[2] = 0;
        assertThat(update(1, step, 2)).containsExactly(0, 0);
    }

    @Test
    void one_task_of_any_size_moves_it_no_further_than_the_next() {
        double[] sizes = {1e3, 1e9, -1e9};
        for (double size : sizes) {
            float update = update(1, new double[] {1}, new double[] {2}, new double[] {size})[0];
            assertThat(update).isEqualTo(size > 0 ? 2f : 1f);
        }
    }

    @Test
    void a_number_of_gradients_that_leaves_none_is_an_error_and_so_is_a_negative_one() {
        assertThatThrownBy(() -> new TrimmedMean(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "trimmedMean(-1): it is a number of gradients, at least 0.%nGive 1 to leave out the largest and the smallest at each parameter."
                                .formatted());
        List<String> tasks = IntStream.range(0, 4).mapToObj(t -> "t" + t).toList();
        assertThatThrownBy(() -> new TrimmedMean(2).start(tasks))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "trimmedMean(2): it leaves out 4 gradients, and there are 4 tasks: [t0, t1, t2, t3].%nGive at most 1."
                                .formatted());
    }
}
