package org.mtl4j.tensor;

import java.util.Arrays;

/**
 * Engine API, mutable. Sequences that a {@link GreedyDecoding} has begun on a tape, and what is written of them. One use: begun,
 * then {@link #write written} once.
 */
public final class GreedyWriting {

    private final GreedyDecoding decoding;
    private final Tape tape;
    private final int rows;
    /** What the decoder reads, [rows, input size]: bound to the tape. */
    private final float[] words;

    private final int[][] written;
    private final int[] count;
    private final boolean[] ended;

    /** Rows of which only the first word stands; those from {@code awaited} on are not waited for. */
    GreedyWriting(GreedyDecoding decoding, Tape tape, int rows, int awaited) {
        this.decoding = decoding;
        this.tape = tape;
        this.rows = rows;
        int size = decoding.shape().inputSize();
        words = new float[rows * size];
        for (int r = 0; r < rows; r++) {
            words[r * size] = 1;
            words[r * size + 1] = decoding.begin();
        }
        written = new int[rows][decoding.shape().length()];
        count = new int[rows];
        ended = new boolean[rows];
        Arrays.fill(ended, awaited, rows, true);
        tape.bind(decoding.target(), words);
    }

    /**
     * Writes all rows to their ends, after a forward pass over the tape that has read their first words. Each further word takes
     * a pass of what hangs on the words, and of nothing else; none is made once all rows have ended.
     *
     * @return [rows][words], without the first and the last
     * @throws IllegalStateException if no forward pass was made
     */
    public int[][] write() {
        takeWords(0);
        for (int place = 1; place < decoding.shape().length() && !allEnded(); place++) {
            tape.forwardFrom(decoding.target(), Node.Pass.EVALUATE);
            takeWords(place);
        }
        for (int r = 0; r < rows; r++) {
            written[r] = Arrays.copyOf(written[r], count[r]);
        }
        return written;
    }

    /** Takes the word of each row at a place from the outputs there. */
    private void takeWords(int place) {
        TaskOutput output = tape.output(decoding.task());
        int end = decoding.end();
        for (int r = 0; r < rows; r++) {
            int word = ended[r] ? end : likeliest(output, r, place);
            ended[r] = word == end;
            if (!ended[r]) {
                written[r][count[r]++] = word;
                feed(r * decoding.shape().inputSize(), place + 1, word);
            }
        }
    }

    /** Puts a word where the next place reads it, if there is one. */
    private void feed(int row, int place, int word) {
        if (place < decoding.shape().length()) {
            words[row] = place + 1;
            words[row + 1 + place] = word;
        }
    }

    private boolean allEnded() {
        for (boolean each : ended) {
            if (!each) {
                return false;
            }
        }
        return true;
    }

    /** Of equal outputs the first. */
    private static int likeliest(TaskOutput output, int row, int place) {
        int at = (row * output.places() + place) * output.stride() + output.column();
        int best = 0;
        for (int c = 1; c < output.width(); c++) {
            if (output.values()[at + c] > output.values()[at + best]) {
                best = c;
            }
        }
        return best;
    }
}
