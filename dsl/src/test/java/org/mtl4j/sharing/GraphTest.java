package org.mtl4j.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.layer.Mlp;
import org.mtl4j.task.Labelled;
import org.mtl4j.task.LossKernel;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Tape;
import org.mtl4j.tensor.TaskOutput;

class GraphTest {

    private static final int WIDTH = 4;
    private static final int ROWS = 6;
    private static final double STEP = 1e-2;
    private static final double[] WEIGHTS = {1.5, 0.7, 2};
    private static final Mlp ENCODER = Mlp.of(5, 3);

    private static List<Objective> objectives() {
        return List.of(
                new Objective(Task.named("income").binary(), 1, List.of("no", "yes")),
                new Objective(Task.named("digit").classes(), 3, List.of("a", "b", "c")),
                new Objective(Task.named("place").regression(), 2, List.of("x", "y")));
    }

    static Stream<Sharing> sharings() {
        return Stream.of(new Activation.Tanh(), new Activation.Gelu(), new Activation.Silu(), new Activation.Softplus())
                .map(ENCODER::activation)
                .flatMap(encoder -> Stream.of(new Hard(encoder), new Single(encoder)));
    }

    private final float[] x = new float[ROWS * WIDTH];
    private final float[][] targets = new float[3][];
    private final int[][] labelled = {{0, 1, 2, 3, 4, 5}, {1, 4}, {0, 2, 3, 5}};

    private void fill(long seed) {
        RandomGenerator random = Draws.generator(seed);
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (2 * Draws.uniform(random) - 1);
        }
        targets[0] = new float[ROWS];
        targets[1] = new float[ROWS];
        targets[2] = new float[2 * ROWS];
        for (int r = 0; r < ROWS; r++) {
            targets[0][r] = Draws.below(2, random);
            targets[1][r] = Draws.below(3, random);
            targets[2][2 * r] = (float) Draws.uniform(random);
            targets[2][2 * r + 1] = (float) Draws.uniform(random);
        }
    }

    /** The weighted loss; the signals of all tasks stand at the outputs. */
    private double loss(Graph graph) {
        Tape tape = graph.tape();
        tape.bind("features", x);
        tape.forward(ROWS, Node.Pass.TRAIN);
        tape.clearOutputSignals();
        double sum = 0;
        for (int t = 0; t < 3; t++) {
            TaskOutput output = tape.output(t);
            Labelled at = new Labelled()
                    .outputs(output.values(), output.signal(), output.column(), output.width(), output.stride())
                    .targets(targets[t], targets[t].length / ROWS, labelled[t], labelled[t].length);
            LossKernel kernel = new LossKernel(graph.objectives().get(t).task().loss());
            sum += WEIGHTS[t] * kernel.evaluate(at, 1);
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("sharings")
    void the_gradient_of_the_weighted_loss_is_that_of_central_differences(Sharing sharing) {
        fill(3);
        Graph graph = Graph.build(sharing, "features", WIDTH, objectives(), 9);
        graph.tape().reserve(ROWS);
        loss(graph);
        graph.tape().backward(WEIGHTS);
        float[] gradient = graph.tape().parameters().gradient().clone();
        float[] values = graph.tape().parameters().values();
        assertThat(IntStream.range(0, gradient.length).filter(i -> gradient[i] != 0))
                .hasSizeGreaterThan(gradient.length / 2);
        for (int i = 0; i < values.length; i++) {
            float at = values[i];
            values[i] = (float) (at + STEP);
            double above = loss(graph);
            values[i] = (float) (at - STEP);
            double below = loss(graph);
            values[i] = at;
            assertThat((double) gradient[i]).isCloseTo((above - below) / (2 * STEP), within(5e-4));
        }
    }

    @Test
    void hard_sharing_has_one_encoder_and_single_task_learning_one_per_task() {
        Graph hard = Graph.build(new Hard(ENCODER), "features", WIDTH, objectives(), 1);
        assertThat(hard.isShared()).isTrue();
        assertThat(hard.tape().sharedLayers()).containsExactly("encoder.0", "encoder.1");
        assertThat(names(hard)).contains("encoder.0.weight", "head.income.weight", "head.place.bias");
        Graph single = Graph.build(new Single(ENCODER), "features", WIDTH, objectives(), 1);
        assertThat(single.isShared()).isFalse();
        assertThat(names(single)).contains("encoder.income.0.weight", "encoder.digit.1.bias", "head.place.weight");
    }

    private static List<String> names(Graph graph) {
        return graph.tape().parameters().list().stream().map(p -> p.name()).toList();
    }

    @Test
    void the_same_seed_makes_the_same_parameters() {
        float[] first = Graph.build(new Hard(ENCODER), "features", WIDTH, objectives(), 1)
                .tape()
                .parameters()
                .values();
        assertThat(first)
                .containsExactly(Graph.build(new Hard(ENCODER), "features", WIDTH, objectives(), 1)
                        .tape()
                        .parameters()
                        .values())
                .isNotEqualTo(Graph.build(new Hard(ENCODER), "features", WIDTH, objectives(), 2)
                        .tape()
                        .parameters()
                        .values());
    }

    @Test
    void a_table_lists_the_layers_with_a_dot_for_each_task_that_reaches_them() {
        Graph graph = Graph.build(new Hard(ENCODER), "features", WIDTH, objectives(), 1);
        assertThat(graph.layers().toString().lines().map(String::strip))
                .anyMatch(line -> line.matches("encoder\\.0 +4 -> 5 +25 +\u25cf +\u25cf +\u25cf"))
                .anyMatch(line -> line.matches("head\\.digit +3 -> 3 +12 +\u25cf"))
                .contains("67 parameters; shared: encoder.0, encoder.1");
    }

    @Test
    void a_net_that_no_data_have_met_says_in_words_what_only_they_can_tell() {
        List<Task<?>> tasks =
                List.of(Task.named("digit").classes(), Task.named("income").binary());
        assertThat(Layers.sketch(new Hard(ENCODER), tasks).toString().lines().map(String::strip))
                .anyMatch(line -> line.matches("encoder\\.0 +in -> 5 +\\(in \\+ 1\\) x 5 +\u25cf +\u25cf"))
                .anyMatch(line -> line.matches("head\\.digit +3 -> classes +\\(3 \\+ 1\\) x classes +\u25cf"))
                .contains("shared: encoder.0, encoder.1");
    }

    @Test
    void specs_print_as_the_lines_that_make_them() {
        assertThat(new Hard(ENCODER)).hasToString("hard(mlp(5, 3))");
        assertThat(new Single(ENCODER)).hasToString("single(mlp(5, 3))");
        assertThat(Graph.build(new Hard(ENCODER), "features", WIDTH, objectives(), 1))
                .hasToString("hard(mlp(5, 3)) for income, digit, place");
    }

    @Test
    void an_encoder_declared_for_another_width_is_an_error() {
        assertThatThrownBy(() -> Graph.build(new Hard(ENCODER.inputs(7)), "features", WIDTH, objectives(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Encoder mlp(5, 3).inputs(7): it takes 7 inputs, but input 'features' of the data has 4 features.\n"
                                + "Declare .inputs(4), or leave .inputs(..) out to take what the data has.");
    }
}
