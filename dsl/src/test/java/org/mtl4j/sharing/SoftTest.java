package org.mtl4j.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mtl4j.layer.Mlp;
import org.mtl4j.sharing.Soft.Penalty;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Parameters;

class SoftTest {

    private static final int WIDTH = 4;
    private static final List<String> TASKS = List.of("income", "income.0", "place");
    private static final Mlp ENCODER = Mlp.of(5, 3);

    private static Graph graph(Soft soft, int tasks) {
        List<Objective> objectives = TASKS.stream()
                .limit(tasks)
                .map(name -> new Objective(Task.named(name).regression(), 2, List.of("x", "y")))
                .toList();
        return Graph.build(soft, "features", WIDTH, objectives, 9);
    }

    private static Soft soft(Penalty penalty, double lambda, String... layers) {
        return new Soft(ENCODER, penalty, lambda, List.of(layers));
    }

    /** Places of the parameters of one task's encoder layers, in order; recorded encoder by encoder, then the head. */
    private static int[] places(Graph graph, int tasks, int task, int... layers) {
        Parameters parameters = graph.tape().parameters();
        int perTask = parameters.list().size() / tasks;
        return Arrays.stream(layers)
                .flatMap(l -> IntStream.of(2 * l, 2 * l + 1))
                .mapToObj(p -> parameters.list().get(task * perTask + p))
                .flatMapToInt(p -> IntStream.range(p.offset(), p.offset() + p.size()))
                .toArray();
    }

    /** The penalty as its formula reads, in double. */
    private static double byHand(Penalty penalty, Graph graph, int tasks, int... layers) {
        float[] values = graph.tape().parameters().values();
        double sum = 0;
        for (int i = 0; i < tasks; i++) {
            int[] own = places(graph, tasks, i, layers);
            for (int j = i; j < tasks; j++) {
                int[] other = places(graph, tasks, j, layers);
                for (int k = 0; k < own.length; k++) {
                    double d = penalty == Penalty.NORMS
                            ? (i == j ? values[own[k]] : 0)
                            : (double) values[own[k]] - values[other[k]];
                    sum += d * d;
                }
            }
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"DISTANCE,1", "DISTANCE,2", "DISTANCE,3", "NORMS,1", "NORMS,2", "NORMS,3"})
    void the_penalty_is_that_of_its_formula_and_its_gradient_that_of_central_differences(Penalty penalty, int tasks) {
        Graph graph = graph(soft(penalty, 0.7), tasks);
        float[] values = graph.tape().parameters().values();
        float[] gradient = graph.tape().parameters().gradient();
        double penalised = graph.coupling().apply();
        assertThat(penalised).isCloseTo(byHand(penalty, graph, tasks, 0, 1), within(1e-5 * Math.max(1, penalised)));
        float[] analytic = gradient.clone();
        double step = 1e-2;
        for (int k = 0; k < values.length; k++) {
            float at = values[k];
            values[k] = (float) (at + step);
            double above = byHand(penalty, graph, tasks, 0, 1);
            values[k] = (float) (at - step);
            double below = byHand(penalty, graph, tasks, 0, 1);
            values[k] = at;
            assertThat((double) analytic[k]).isCloseTo(0.7 * (above - below) / (2 * step), within(1e-4));
        }
    }

    @Test
    void only_the_named_layers_are_tied_and_no_head_is() {
        Graph graph = graph(soft(Penalty.DISTANCE, 1, "encoder.1"), 3);
        assertThat(graph.coupling().apply()).isCloseTo(byHand(Penalty.DISTANCE, graph, 3, 1), within(1e-5));
        float[] gradient = graph.tape().parameters().gradient();
        int[] tied = IntStream.range(0, 3)
                .flatMap(t -> Arrays.stream(places(graph, 3, t, 1)))
                .sorted()
                .toArray();
        assertThat(IntStream.range(0, gradient.length).filter(k -> gradient[k] != 0))
                .containsExactlyElementsOf(Arrays.stream(tied).boxed().toList());
    }

    @Test
    void equal_nets_have_no_distance() {
        Graph graph = graph(soft(Penalty.DISTANCE, 1), 3);
        float[] values = graph.tape().parameters().values();
        Arrays.fill(values, 0.1f);
        assertThat(graph.coupling().apply()).isZero();
        assertThat(graph.tape().parameters().gradient()).containsOnly(0f);
    }

    @Test
    void layers_correspond_by_their_place_whatever_the_tasks_are_called() {
        Graph graph = graph(soft(Penalty.DISTANCE, 1), 3);
        assertThat(graph.isShared()).isFalse();
        assertThat(graph.counterparts().stream().map(Counterparts::layer)).containsExactly("encoder.0", "encoder.1");
        double[] gram = new double[9];
        float[] gradient = graph.tape().parameters().gradient();
        for (int t = 0; t < 3; t++) {
            for (int place : places(graph, 3, t, 0)) {
                gradient[place] = t + 1f;
            }
        }
        graph.counterparts().get(0).gram(gradient, 3, gram);
        int n = WIDTH * 5 + 5;
        assertThat(gram).containsExactly(n, 2 * n, 3 * n, 2 * n, 4 * n, 6 * n, 3 * n, 6 * n, 9 * n);
    }

    @Test
    void a_layer_that_the_encoder_has_not_is_an_error_before_training() {
        assertThatThrownBy(() -> graph(soft(Penalty.DISTANCE, 1, "encoder.2"), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("""
                        soft(..).layers("encoder.2"): encoder mlp(5, 3) has no such layer.
                        The layers are encoder.0, encoder.1.""");
    }

    @ParameterizedTest
    @EnumSource(Penalty.class)
    void a_strength_is_finite_and_not_negative(Penalty penalty) {
        String word = penalty == Penalty.DISTANCE ? "l2" : "sumOfNorms";
        for (double lambda : new double[] {-1e-3, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> soft(penalty, lambda))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("soft(..).%s(%s): lambda is a finite number of at least 0.\n".formatted(word, lambda)
                            + "Give the strength of the tie: .%s(1e-3).".formatted(word));
        }
    }

    @Test
    void it_prints_as_the_line_that_makes_it_and_says_its_formula() {
        Soft some = soft(Penalty.DISTANCE, 0.01, "encoder.0", "encoder.1");
        assertThat(some).hasToString("soft(mlp(5, 3)).l2(0.01).layers(\"encoder.0\", \"encoder.1\")");
        assertThat(some.formula())
                .isEqualTo("L = sum_i w_i L_i + 0.01 sum_{i<j} ||theta_i - theta_j||^2, theta of encoder.0, encoder.1");
        Soft norms = soft(Penalty.NORMS, 0.01);
        assertThat(norms).hasToString("soft(mlp(5, 3)).sumOfNorms(0.01)");
        assertThat(norms.formula()).isEqualTo("L = sum_i w_i L_i + 0.01 sum_i ||theta_i||^2");
        assertThat(graph(norms, 2).layers().toString()).contains(norms.formula(), "shared: none");
    }
}
