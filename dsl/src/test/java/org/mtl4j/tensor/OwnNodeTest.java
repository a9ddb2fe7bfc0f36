package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A layer of one's own beside the dense layer that computes the same: shared, below another, and owned by one task. */
class OwnNodeTest {

    private static final int ROWS = 12;
    private static final int IN = 4;
    private static final int TASKS = 3;
    private static final double[] WEIGHTS = {0.5, -1, 2};
    private static final Initialiser UNIFORM = new Initialiser.UniformFanIn();

    /** Which rows carry labels. */
    enum Labels {
        ALL,
        SOME,
        NONE_OF_THE_FIRST
    }

    private final RandomGenerator random = Draws.generator(3);
    private final float[] x = SampledTape.normal(ROWS * IN, 1, random);
    private final float[] signals = SampledTape.normal(ROWS * TASKS, 1, random);

    /** x -> shared.0 -> shared.1 -> heads of tasks 0 and 2, and -> own -> head of task 1. */
    private static Tape tape(boolean own) {
        Tape tape = new Tape(TASKS);
        RandomGenerator random = Draws.generator(11);
        Node first = layer(tape, own, "shared.0", tape.input("x", IN), 5, random);
        Node second = layer(tape, own, "shared.1", first, 6, random);
        Node third = layer(tape, own, "own", second, 3, random);
        tape.heads("head.1", third, List.of(new TaskHead(1, "head.1", 1)), UNIFORM, random);
        List<TaskHead> heads = List.of(new TaskHead(0, "head.0", 1), new TaskHead(2, "head.2", 1));
        tape.heads("heads", second, heads, UNIFORM, random);
        return tape;
    }

    private static Node layer(Tape tape, boolean own, String name, Node input, int width, RandomGenerator random) {
        if (!own) {
            return tape.dense(name, input, width, new Activation.Tanh(), UNIFORM, random);
        }
        float[] initial = new float[(input.width() + 1) * width];
        UNIFORM.fill(initial, 0, input.width(), width, random);
        UNIFORM.fillBias(initial, input.width() * width, input.width(), width, random);
        return tape.own(name, input, new PlainTanhLayer(input.width(), width), initial);
    }

    private static int[] rows(Labels labels, int task) {
        return IntStream.range(0, ROWS)
                .filter(row -> switch (labels) {
                    case ALL -> true;
                    case SOME -> (row + task) % 3 != 0;
                    case NONE_OF_THE_FIRST -> task > 0 && (row + task) % 2 == 0;
                })
                .toArray();
    }

    private void forward(Tape tape, Labels labels) {
        tape.bind("x", x);
        tape.forward(ROWS, Node.Pass.TRAIN);
        tape.clearOutputSignals();
        for (int t = 0; t < TASKS; t++) {
            TaskOutput output = tape.output(t);
            for (int row : rows(labels, t)) {
                output.signal()[row * output.stride() + output.column()] = signals[row * TASKS + t];
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Labels.class)
    void outputs_and_gradient_are_those_of_the_dense_layer(Labels labels) {
        Tape own = tape(true);
        Tape dense = tape(false);
        for (Tape tape : List.of(own, dense)) {
            tape.reserve(ROWS);
            forward(tape, labels);
        }
        for (int t = 0; t < TASKS; t++) {
            assertThat(own.output(t).values()).containsExactly(dense.output(t).values(), within(1e-5f));
        }
        own.backward(WEIGHTS);
        dense.backward(WEIGHTS);
        assertThat(own.parameters().gradient())
                .containsExactly(dense.parameters().gradient(), within(1e-5f));
    }

    @ParameterizedTest
    @EnumSource(Labels.class)
    void the_gram_of_each_layer_and_the_weighted_sum_are_those_of_the_dense_layer(Labels labels) {
        Tape own = tape(true);
        Tape dense = tape(false);
        assertThat(own.sharedLayers()).containsExactly("shared.0", "shared.1");
        double[][] expected = grams(dense, labels);
        double[][] found = grams(own, labels);
        for (int l = 0; l < 2; l++) {
            assertThat(found[l]).containsExactly(expected[l], within(1e-5));
        }
        own.combine(WEIGHTS, new double[] {1, 0.5, 1});
        dense.combine(WEIGHTS, new double[] {1, 0.5, 1});
        assertThat(own.parameters().gradient())
                .containsExactly(dense.parameters().gradient(), within(1e-5f));
    }

    private double[][] grams(Tape tape, Labels labels) {
        tape.reserveStacked(ROWS);
        forward(tape, labels);
        Layout layout = tape.stack();
        for (int t = 0; t < TASKS; t++) {
            int[] rows = rows(labels, t);
            layout.block(t, rows, rows.length);
        }
        double[][] perLayer = new double[2][TASKS * TASKS];
        tape.grams(new double[TASKS * TASKS], perLayer, new double[TASKS * TASKS]);
        return perLayer;
    }
}
