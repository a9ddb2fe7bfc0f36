package org.mtl4j.fitted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.data.Inputs;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.SequenceTargets;
import org.mtl4j.layer.Decoder;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.CountedLayer;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.GreedyDecoding;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;
import org.mtl4j.tensor.TaskHead;
import org.tribuo.classification.Label;

/** Two tasks that write sequences and one that names a class, on one counted layer. */
class DecodingTest {

    private static final Task<Label> SPELL = Task.named("spell").sequence(Decoder.of(2, 1));
    private static final Task<Label> MOOD = Task.named("mood").binary();
    private static final Task<Label> BACK = Task.named("back").sequence(Decoder.of(1, 2));
    private static final List<String> LETTERS = List.of("a", "b", "c");
    private static final List<List<String>> TEXTS = List.of(List.of("a", "b", "c"), List.of("b", "a"));
    private static final MultiTaskData DATA = MultiTaskData.of("letters", Inputs.tokens(TEXTS))
            .with(SequenceTargets.words(SPELL, TEXTS, LETTERS))
            .with(SequenceTargets.words(BACK, TEXTS, LETTERS))
            .target(MOOD, new String[] {"glad", "sad"});
    private static final List<Objective> OBJECTIVES = List.of(SPELL, MOOD, BACK).stream()
            .map(task -> Objective.bind(task, DATA))
            .toList();
    private static final Initialiser UNIFORM = new Initialiser.UniformFanIn();

    private final CountedLayer encoder = new CountedLayer(3 * 4);

    /** A net of the same numbers each time, whose memory is what is bound to it. */
    private static Tape tape(CountedLayer encoder) {
        Tape tape = new Tape(3);
        RandomGenerator random = Draws.generator(12);
        Node memory = CountedLayer.record(tape, "memory", tape.input("places", new Shape.Series(3, 4)), encoder);
        for (int t = 0; t < 3; t++) {
            Objective task = OBJECTIVES.get(t);
            TaskHead head = new TaskHead(t, "head." + task.task().name(), task.outputs());
            if (task.task().kind() instanceof Task.Kind.Sequence sequence) {
                Node words = tape.input(task.wordsName(), task.words());
                tape.placeHead(
                        sequence.decoder().record(tape, head.name(), memory, words, random), head, UNIFORM, random);
                tape.bind(
                        task.wordsName(), new float[Passes.CHUNK * task.words().inputSize()]);
            } else {
                tape.placeHead(memory, head, UNIFORM, random);
            }
        }
        float[] values = tape.parameters().values();
        for (int i = 0; i < values.length; i++) {
            values[i] *= 2; // far enough apart for rows to end at different places
        }
        tape.reserve(Passes.CHUNK);
        float[] places = new float[Passes.CHUNK * 13];
        for (int r = 0; r < Passes.CHUNK; r++) {
            places[r * 13] = 3;
            for (int i = 1; i < 13; i++) {
                places[r * 13 + i] = (float) (4 * random.nextDouble() - 2);
            }
        }
        tape.bind("places", places);
        return tape;
    }

    @Test
    void one_pass_of_the_encoder_serves_all_decoders_of_a_chunk() {
        Tape tape = tape(encoder);
        List<int[]> lengths = IntStream.range(0, 3).mapToObj(t -> new int[74]).toList();
        new Decoding.Greedy().forward(tape, OBJECTIVES, 64, 74, lengths);
        assertThat(encoder.forwards()).isEqualTo(1);

        Tape alone = tape(new CountedLayer(3 * 4));
        for (int t : new int[] {0, 2}) {
            Objective task = OBJECTIVES.get(t);
            int[][] written = new GreedyDecoding(task.wordsName(), task.words(), t, task.end(), task.end())
                    .decode(alone, Passes.CHUNK);
            for (int r = 0; r < 10; r++) {
                assertThat(lengths.get(t)[64 + r]).isEqualTo(Math.min(3, written[r].length));
            }
            assertThat(IntStream.range(64, 74).map(r -> lengths.get(t)[r]).distinct())
                    .hasSizeGreaterThan(1);
            assertThat(lengths.get(t)).startsWith(new int[64]);
        }
        assertThat(lengths.get(1)).containsOnly(0);
        assertThat(tape.output(1).values()).containsExactly(alone.output(1).values());
    }

    @Test
    void the_next_chunk_begins_its_sequences_anew() {
        Tape tape = tape(encoder);
        List<int[]> lengths = IntStream.range(0, 3).mapToObj(t -> new int[128]).toList();
        new Decoding.Greedy().forward(tape, OBJECTIVES, 0, 64, lengths);
        float[] first = tape.output(2).values().clone();
        new Decoding.Greedy().forward(tape, OBJECTIVES, 64, 128, lengths);
        assertThat(encoder.forwards()).isEqualTo(2);
        assertThat(tape.output(2).values()).containsExactly(first);
        for (int t = 0; t < 3; t++) {
            int[] both = lengths.get(t);
            assertThat(IntStream.range(0, 64).filter(r -> both[r] != both[64 + r]))
                    .isEmpty();
        }
    }
}
