package org.mtl4j.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mtl4j.tensor.CountedLayer;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.GreedyDecoding;
import org.mtl4j.tensor.GreedyWriting;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;
import org.mtl4j.tensor.TaskHead;
import org.mtl4j.tensor.TaskOutput;

/** Two decoders on one encoder write, beside a decoding that makes a pass of the whole net for each word. */
class TwoDecodersTest {

    private static final int ROWS = 24;
    private static final Shape.Tokens SOURCE = new Shape.Tokens(3, 7);
    private static final List<GreedyDecoding> DECODINGS = List.of(
            new GreedyDecoding("words.0", new Shape.Tokens(6, 4), 0, 3, 3),
            new GreedyDecoding("words.1", new Shape.Tokens(5, 5), 1, 3, 4));

    /** A net of the same numbers each time, with a counted layer on the encoder and one on each decoder. */
    private static final class Rig {

        private final Tape tape = new Tape(2);
        private final CountedLayer encoder = new CountedLayer(3 * 8);
        private final List<CountedLayer> decoders = List.of(new CountedLayer(6 * 8), new CountedLayer(5 * 8));

        Rig() {
            RandomGenerator random = Draws.generator(32);
            Node words = tape.input("source", SOURCE);
            Node memory = Transformer.of(8, 2, 1).record(tape, "encoder", Sources.of(words), random);
            memory = CountedLayer.record(tape, "memory", memory, encoder);
            for (int t = 0; t < 2; t++) {
                Shape.Tokens shape = DECODINGS.get(t).shape();
                Node target = tape.input("words." + t, shape);
                Node top = Decoder.of(2, 1 + t).record(tape, "decoder." + t, memory, target, random);
                top = CountedLayer.record(tape, "top." + t, top, decoders.get(t));
                TaskHead head = new TaskHead(t, "head." + t, shape.vocabulary());
                tape.placeHead(top, head, new Initialiser.UniformFanIn(), random);
            }
            float[] values = tape.parameters().values();
            for (int i = 0; i < values.length; i++) {
                values[i] *= 2; // far enough apart for rows to end at different places
            }
            tape.reserve(ROWS);
            float[] source = new float[ROWS * SOURCE.inputSize()];
            for (int r = 0; r < ROWS; r++) {
                source[r * 4] = 1 + Draws.below(3, random);
                for (int p = 1; p < 4; p++) {
                    source[r * 4 + p] = Draws.below(7, random);
                }
            }
            tape.bind("source", source);
            DECODINGS.forEach(each ->
                    tape.bind(each.target(), new float[ROWS * each.shape().inputSize()]));
        }

        /** Writes with both decoders from one pass of the net. */
        List<int[][]> write(int awaited) {
            List<GreedyWriting> begun = DECODINGS.stream()
                    .map(each -> each.start(tape, ROWS, awaited))
                    .toList();
            tape.forward(ROWS, Node.Pass.EVALUATE);
            return begun.stream().map(GreedyWriting::write).toList();
        }

        /** The same with a pass of the whole net for each word of each decoder. */
        List<int[][]> writeByWholePasses(int awaited) {
            List<int[][]> written = new ArrayList<>();
            for (GreedyDecoding decoding : DECODINGS) {
                int size = decoding.shape().inputSize();
                float[] words = new float[ROWS * size];
                tape.bind(decoding.target(), words);
                for (int r = 0; r < ROWS; r++) {
                    words[r * size] = 1;
                    words[r * size + 1] = decoding.begin();
                }
                int[][] rows = new int[awaited][0];
                boolean[] ended = new boolean[awaited];
                for (int p = 0; p < decoding.shape().length() && !all(ended); p++) {
                    tape.forward(ROWS, Node.Pass.EVALUATE);
                    for (int r = 0; r < awaited; r++) {
                        int word = likeliest(tape.output(decoding.task()), r, p);
                        ended[r] |= word == decoding.end();
                        if (!ended[r]) {
                            rows[r] = Arrays.copyOf(rows[r], p + 1);
                            rows[r][p] = word;
                        }
                        if (!ended[r] && p + 1 < decoding.shape().length()) {
                            words[r * size] = p + 2;
                            words[r * size + 2 + p] = word;
                        }
                    }
                }
                written.add(rows);
            }
            return written;
        }

        private static boolean all(boolean[] ended) {
            return IntStream.range(0, ended.length).allMatch(r -> ended[r]);
        }

        private static int likeliest(TaskOutput output, int row, int place) {
            int at = (row * output.places() + place) * output.width();
            int best = 0;
            for (int c = 1; c < output.width(); c++) {
                best = output.values()[at + c] > output.values()[at + best] ? c : best;
            }
            return best;
        }
    }

    @ParameterizedTest(name = "{0} rows of interest")
    @ValueSource(ints = {ROWS, 7, 2})
    void they_write_what_passes_of_the_whole_net_write_and_leave_the_same_outputs(int awaited) {
        Rig whole = new Rig();
        List<int[][]> expected = whole.writeByWholePasses(awaited);
        Rig rig = new Rig();
        List<int[][]> written = rig.write(awaited);
        for (int t = 0; t < 2; t++) {
            assertThat(Arrays.copyOf(written.get(t), awaited)).isDeepEqualTo(expected.get(t));
            assertThat(Arrays.copyOfRange(written.get(t), awaited, ROWS)).isDeepEqualTo(new int[ROWS - awaited][0]);
            assertThat(rig.tape.output(t).values())
                    .containsExactly(whole.tape.output(t).values());
        }
    }

    @ParameterizedTest(name = "{0} rows of interest")
    @ValueSource(ints = {ROWS, 7, 2})
    void the_encoder_is_computed_once_and_each_decoder_until_its_rows_have_ended(int awaited) {
        Rig rig = new Rig();
        List<int[][]> written = rig.write(awaited);
        assertThat(rig.encoder.forwards()).isEqualTo(1);
        int passes = 0;
        for (int t = 0; t < 2; t++) {
            int places = DECODINGS.get(t).shape().length();
            int longest = Arrays.stream(written.get(t))
                    .mapToInt(row -> row.length)
                    .max()
                    .orElse(0);
            assertThat(rig.decoders.get(t).forwards()).isEqualTo(Math.min(places, longest + 1));
            passes += Math.min(places, longest + 1);
        }
        Rig whole = new Rig();
        whole.writeByWholePasses(awaited);
        assertThat(whole.encoder.forwards()).isEqualTo(passes);
    }

    @Test
    void rows_end_at_different_places_and_all_of_the_first_two_at_once() {
        List<int[][]> written = new Rig().write(ROWS);
        assertThat(lengths(written.get(0))).contains(0, 1, 6);
        assertThat(lengths(written.get(1))).contains(0, 2, 5);
        Rig first = new Rig();
        assertThat(lengths(first.write(2).get(0))).containsOnly(0);
        assertThat(first.decoders.get(0).forwards()).isEqualTo(1);
    }

    private static List<Integer> lengths(int[][] written) {
        return Arrays.stream(written).map(row -> row.length).toList();
    }
}
