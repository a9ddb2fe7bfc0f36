package org.mtl4j.fitted;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.task.Objective;
import org.mtl4j.tensor.GreedyDecoding;
import org.mtl4j.tensor.GreedyWriting;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Tape;

/** How the decoders of a net come by the words before each place of a sequence. */
sealed interface Decoding {

    /**
     * Computes the outputs of a chunk whose inputs are bound.
     *
     * @param from the first row of the chunk
     * @param to the row behind its last; what fills the chunk up does not count
     * @param lengths per task that writes sequences, the number of words of each row, overwritten from {@code from} on
     */
    void forward(Tape tape, List<Objective> objectives, int from, int to, List<int[]> lengths);

    /**
     * Each decoder reads what it wrote: the likeliest word at each place (greedy search). All of them go on from one pass of the
     * net.
     */
    record Greedy() implements Decoding {

        @Override
        public void forward(Tape tape, List<Objective> objectives, int from, int to, List<int[]> lengths) {
            Map<Integer, GreedyWriting> begun = new LinkedHashMap<>();
            for (int t = 0; t < objectives.size(); t++) {
                Objective task = objectives.get(t);
                if (task.isSequence()) {
                    GreedyDecoding greedy =
                            new GreedyDecoding(task.wordsName(), task.words(), t, task.end(), task.end());
                    begun.put(t, greedy.start(tape, Passes.CHUNK, to - from));
                }
            }
            tape.forward(Passes.CHUNK, Node.Pass.EVALUATE);
            begun.forEach((t, writing) -> {
                int[][] written = writing.write();
                for (int r = from; r < to; r++) {
                    lengths.get(t)[r] =
                            Math.min(written[r - from].length, objectives.get(t).places() - 1);
                }
            });
        }
    }

    /**
     * Each decoder reads the true words (teacher forcing).
     *
     * @param truths per task as {@link SequenceScores#truths} answers
     */
    record Forced(List<float[]> truths) implements Decoding {

        @Override
        public void forward(Tape tape, List<Objective> objectives, int from, int to, List<int[]> lengths) {
            for (int t = 0; t < objectives.size(); t++) {
                Objective task = objectives.get(t);
                if (task.isSequence()) {
                    int size = task.words().inputSize();
                    float[] words = new float[Passes.CHUNK * size];
                    for (int r = from; r < to; r++) {
                        int at = (r - from) * size;
                        lengths.get(t)[r] = task.writeTrueWords(truths.get(t), r * task.places(), words, at) - 1;
                    }
                    tape.bind(task.wordsName(), words);
                }
            }
            tape.forward(Passes.CHUNK, Node.Pass.EVALUATE);
        }
    }
}
