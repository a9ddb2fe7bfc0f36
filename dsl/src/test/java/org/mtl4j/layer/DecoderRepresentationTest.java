package org.mtl4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.Layout;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Parameters;
import org.mtl4j.tensor.Reshape;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;
import org.mtl4j.tensor.TaskHead;
import org.mtl4j.tensor.TaskOutput;

/** Gradients by a representation that two decoders attend to: it is linear, so that they are those by the bias below it. */
class DecoderRepresentationTest {

    private static final int ROWS = 5;
    private static final int IN = 6;
    private static final Shape.Series MEMORY = new Shape.Series(3, 4);
    private static final List<Shape.Tokens> WORDS = List.of(new Shape.Tokens(4, 5), new Shape.Tokens(3, 6));
    private static final List<Decoder> DECODERS =
            List.of(Decoder.of(2, 1), Decoder.of(2, 1).normFirst());
    private static final int[][] LABELLED = {{0, 1, 2, 3, 4}, {0, 2, 3}};
    private static final double[] WEIGHTS = {0.5, -2};
    private static final double[] ONES = {1, 1};
    private static final Initialiser DRAWN = new Initialiser.UniformFanIn();

    private final RandomGenerator random = Draws.generator(6);
    private final float[] x = drawn(ROWS * IN);
    private final float[][] words = {words(0), words(1)};
    private final float[][] signals = {drawn(ROWS * 4 * 5), drawn(ROWS * 3 * 6)};

    private float[] drawn(int n) {
        float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = (float) (2 * random.nextDouble() - 1);
        }
        return numbers;
    }

    /** Rows with 1 word, 2, and so on up to as many as there are places, then 1 again. */
    private float[] words(int task) {
        Shape.Tokens shape = WORDS.get(task);
        float[] rows = new float[ROWS * shape.inputSize()];
        for (int r = 0; r < ROWS; r++) {
            int count = 1 + r % shape.length();
            rows[r * shape.inputSize()] = count;
            for (int p = 1; p <= count; p++) {
                rows[r * shape.inputSize() + p] = Draws.below(shape.vocabulary(), random);
            }
        }
        return rows;
    }

    private static Tape tape(double dropout) {
        Tape tape = new Tape(2);
        RandomGenerator random = Draws.generator(9);
        Node z = tape.dense("z", tape.input("x", IN), MEMORY.size(), new Activation.Identity(), DRAWN, random);
        Node memory = new Reshape(MEMORY).record(tape, "memory", z, random);
        for (int t = 0; t < 2; t++) {
            Shape.Tokens shape = WORDS.get(t);
            Node input = tape.input("words." + t, shape);
            Node top = DECODERS.get(t).dropout(dropout).record(tape, "decoder." + t, memory, input, random);
            tape.placeHead(top, new TaskHead(t, "head." + t, shape.vocabulary()), DRAWN, random);
        }
        tape.reserveStacked(ROWS);
        return tape;
    }

    /** A pass over some rows. L_t is the sum of outputs times signals at the words of labelled rows, its value that of task t. */
    private double[] forward(Tape tape, int first, int count) {
        tape.bind("x", Arrays.copyOfRange(x, first * IN, (first + count) * IN));
        for (int t = 0; t < 2; t++) {
            int size = WORDS.get(t).inputSize();
            tape.bind("words." + t, Arrays.copyOfRange(words[t], first * size, (first + count) * size));
        }
        tape.seedDropout(4);
        tape.forward(count, Node.Pass.TRAIN);
        tape.clearOutputSignals();
        double[] losses = new double[2];
        for (int t = 0; t < 2; t++) {
            TaskOutput output = tape.output(t);
            int width = output.places() * output.width();
            for (int row : LABELLED[t]) {
                int counted = ((int) words[t][row * WORDS.get(t).inputSize()]) * output.width();
                for (int i = 0; row >= first && row < first + count && i < counted; i++) {
                    int at = (row - first) * width + i;
                    output.signal()[at] = signals[t][row * width + i];
                    losses[t] += (double) output.signal()[at] * output.values()[at];
                }
            }
        }
        return losses;
    }

    /** The gradient of L_t by the representation of one row, as that by the bias below it. */
    private float[] ofRow(Tape tape, int row, int task) {
        forward(tape, row, 1);
        double[] one = new double[2];
        one[task] = 1;
        tape.backward(one);
        return tape.parameters().copyOfGradient(tape.parameters().get("z.bias"));
    }

    private void stack(Tape tape) {
        forward(tape, 0, ROWS);
        Layout layout = tape.stack();
        for (int t = 0; t < 2; t++) {
            layout.block(t, LABELLED[t], LABELLED[t].length);
        }
    }

    @Test
    void the_gradient_by_the_representation_of_a_row_is_that_of_central_differences() {
        Tape tape = tape(0);
        float[] values = tape.parameters().values();
        int bias = tape.parameters().get("z.bias").offset();
        for (int row = 0; row < ROWS; row++) {
            for (int t = 0; t < 2; t++) {
                float[] gradient = ofRow(tape, row, t);
                for (int k = 0; k < MEMORY.size(); k++) {
                    float here = values[bias + k];
                    values[bias + k] = here + 0x1p-7f;
                    double above = forward(tape, row, 1)[t];
                    values[bias + k] = here - 0x1p-7f;
                    double below = forward(tape, row, 1)[t];
                    values[bias + k] = here;
                    assertThat((double) gradient[k])
                            .as("row %d, task %d, number %d", row, t, k)
                            .isCloseTo((above - below) * 64, within(1e-3));
                }
            }
        }
    }

    @Test
    void the_gram_at_the_representation_is_that_of_the_gradients_by_it_row_by_row() {
        Tape tape = tape(0);
        double[] expected = new double[4];
        for (int row = 0; row < ROWS; row++) {
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 2; j++) {
                    float[] one = ofRow(tape, row, i);
                    float[] other = ofRow(tape, row, j);
                    for (int k = 0; k < one.length; k++) {
                        expected[i * 2 + j] += (double) one[k] * other[k];
                    }
                }
            }
        }
        stack(tape);
        double[] gram = new double[4];
        tape.representationGram(gram);
        assertThat(gram).containsExactly(expected, within(1e-5));
        assertThat(Math.abs(gram[1])).isGreaterThan(1e-2);
    }

    static Stream<double[]> owned() {
        return Stream.of(WEIGHTS, ONES, new double[] {-1, 3});
    }

    @ParameterizedTest
    @MethodSource("owned")
    void combining_gives_the_weighted_sum_of_the_gradients_and_each_decoder_its_own(double[] owned) {
        Tape tape = tape(0.3);
        float[][] alone = new float[2][];
        for (int t = 0; t < 2; t++) {
            forward(tape, 0, ROWS);
            tape.backward(new double[] {1 - t, t});
            alone[t] = tape.parameters().gradient().clone();
        }
        stack(tape);
        tape.representationGram(new double[4]);
        tape.combineAtRepresentation(WEIGHTS, owned);
        assertCombined(tape, alone, owned);
        forward(tape, 0, ROWS);
        tape.backward(WEIGHTS, owned);
        assertCombined(tape, alone, owned);
    }

    private static void assertCombined(Tape tape, float[][] alone, double[] owned) {
        Parameters parameters = tape.parameters();
        for (Parameter parameter : parameters.list()) {
            boolean shared = parameter.name().startsWith("z.");
            double[] by = shared ? WEIGHTS : owned;
            double largest = 0;
            for (int i = parameter.offset(); i < parameter.offset() + parameter.size(); i++) {
                double expected = by[0] * alone[0][i] + by[1] * alone[1][i];
                largest = Math.max(largest, Math.abs(expected));
                assertThat((double) parameters.gradient()[i])
                        .as("%s, number %d", parameter.name(), i)
                        .isCloseTo(expected, within(1e-5));
            }
            if (parameter.name().contains("weight")) { // by the bias of keys, which softmax does not see, it is 0
                assertThat(largest).as(parameter.name()).isGreaterThan(1e-3);
            }
        }
    }
}
