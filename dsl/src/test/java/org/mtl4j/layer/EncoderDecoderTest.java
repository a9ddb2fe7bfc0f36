package org.mtl4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.GreedyDecoding;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;
import org.mtl4j.tensor.TaskHead;
import org.mtl4j.tensor.TaskOutput;

/** An encoder-decoder that learns to write a sequence backwards. */
class EncoderDecoderTest {

    private static final int WORDS = 7;
    private static final int BEGIN = 5;
    private static final int END = 6;
    private static final Shape.Tokens SOURCE = new Shape.Tokens(3, WORDS);
    private static final Shape.Tokens TARGET = new Shape.Tokens(4, WORDS);
    private static final GreedyDecoding GREEDY = new GreedyDecoding("target", TARGET, 0, BEGIN, END);
    private static final int ROWS = 32;

    private final RandomGenerator random = Draws.generator(3);
    private final Tape tape = new Tape(1);
    private final float[] source = new float[ROWS * SOURCE.inputSize()];
    private final float[] target = new float[ROWS * TARGET.inputSize()];
    private final int[][] backwards = new int[ROWS][];

    private void record(Transformer transformer) {
        Node memory = transformer.record(tape, "encoder", Sources.of(tape.input("source", SOURCE)), random);
        Node top = transformer.recordDecoder(tape, "decoder", memory, tape.input("target", TARGET), random);
        tape.placeHead(top, new TaskHead(0, "head", WORDS), new Initialiser.UniformFanIn(), random);
        tape.reserve(ROWS);
    }

    private void draw() {
        for (int r = 0; r < ROWS; r++) {
            int n = 1 + Draws.below(3, random);
            int[] words =
                    IntStream.range(0, n).map(i -> Draws.below(BEGIN, random)).toArray();
            backwards[r] = IntStream.range(0, n).map(i -> words[n - 1 - i]).toArray();
            int from = r * SOURCE.inputSize();
            int to = r * TARGET.inputSize();
            source[from] = n;
            target[to] = n + 1;
            target[to + 1] = BEGIN;
            for (int i = 0; i < n; i++) {
                source[from + 1 + i] = words[i];
                target[to + 2 + i] = backwards[r][i];
            }
        }
        tape.bind("source", source);
    }

    /** Softmax cross-entropy of the next word at each place that counts. */
    private double step(float rate) {
        tape.bind("target", target);
        tape.forward(ROWS, Node.Pass.TRAIN);
        tape.clearOutputSignals();
        TaskOutput output = tape.output(0);
        double loss = 0;
        for (int r = 0; r < ROWS; r++) {
            for (int p = 0; p <= backwards[r].length; p++) {
                int word = p < backwards[r].length ? backwards[r][p] : END;
                loss += atPlace(output, (r * TARGET.length() + p) * WORDS, word);
            }
        }
        tape.backward(new double[] {1});
        float[] values = tape.parameters().values();
        for (int i = 0; i < values.length; i++) {
            values[i] -= rate * tape.parameters().gradient()[i];
        }
        return loss / ROWS;
    }

    private static double atPlace(TaskOutput output, int at, int word) {
        double sum = 0;
        for (int c = 0; c < WORDS; c++) {
            sum += StrictMath.exp(output.values()[at + c]);
        }
        for (int c = 0; c < WORDS; c++) {
            double p = StrictMath.exp(output.values()[at + c]) / sum;
            output.signal()[at + c] = (float) ((p - (c == word ? 1 : 0)) / ROWS);
        }
        return StrictMath.log(sum) - output.values()[at + word];
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void it_learns_from_true_words_and_writes_by_itself(boolean normFirst) {
        Transformer transformer = Transformer.of(16, 2, 1);
        record(normFirst ? transformer.normFirst() : transformer);
        for (int s = 0; s < 1200; s++) {
            draw();
            step(0.1f);
        }
        draw();
        int[][] written = GREEDY.decode(tape, ROWS);
        assertThat(IntStream.range(0, ROWS).filter(r -> Arrays.equals(written[r], backwards[r])))
                .hasSizeGreaterThan(ROWS * 9 / 10);
    }

    @Test
    void what_the_decoder_says_at_a_place_does_not_hang_on_later_words() {
        record(Transformer.of(8, 2, 2));
        draw();
        tape.bind("target", target);
        tape.forward(ROWS, Node.Pass.EVALUATE);
        float[] before = tape.output(0).values().clone();
        target[3] = (target[3] + 1) % BEGIN; // word 2 of row 0, which place 2 reads
        target[0] = 4;
        tape.forward(ROWS, Node.Pass.EVALUATE);
        float[] after = tape.output(0).values();
        assertThat(Arrays.copyOf(after, 2 * WORDS)).containsExactly(Arrays.copyOf(before, 2 * WORDS));
        assertThat(Arrays.copyOfRange(after, 2 * WORDS, 3 * WORDS))
                .isNotEqualTo(Arrays.copyOfRange(before, 2 * WORDS, 3 * WORDS));
    }

    @Test
    void no_row_gets_more_words_than_there_are_places() {
        record(Transformer.of(8, 2, 1));
        draw();
        float[] bias = new float[WORDS];
        bias[2] = 1e4f;
        tape.parameters().set(tape.parameters().get("head.bias"), bias);
        assertThat(GREEDY.decode(tape, 2)).isDeepEqualTo(new int[][] {{2, 2, 2, 2}, {2, 2, 2, 2}});
        bias[END] = 2e4f;
        tape.parameters().set(tape.parameters().get("head.bias"), bias);
        assertThat(GREEDY.decode(tape, 2)).isDeepEqualTo(new int[2][0]);
    }

    @Test
    void a_word_beyond_the_vocabulary_begins_nothing() {
        assertThatThrownBy(() -> new GreedyDecoding("target", TARGET, 0, WORDS, END))
                .hasMessage(
                        "Greedy decoding of 'target': word 7 is not in the vocabulary of 7.\nGive the numbers of the words that begin and end a row.");
    }
}
