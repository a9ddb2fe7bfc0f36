package org.mtl4j.tensor;

import java.util.Arrays;

/**
 * Engine API. Writes sequences word by word: at each place the word with the greatest output, which the next place then reads
 * (greedy search). One forward pass a place, over all rows.
 *
 * @param target the name of the input that the decoder reads
 * @param shape its shape; no row gets more words than it has places
 * @param task the task whose outputs at place p tell word p
 * @param begin the word that stands at place 0
 * @param end the word that ends a row
 */
public record GreedyDecoding(String target, Shape.Tokens shape, int task, int begin, int end) {

    public GreedyDecoding {
        for (int word : new int[] {begin, end}) {
            if (word < 0 || word >= shape.vocabulary()) {
                throw new IllegalArgumentException(
                        "Greedy decoding of '%s': word %d is not in the vocabulary of %d.%nGive the numbers of the words that begin and end a row."
                                .formatted(target, word, shape.vocabulary()));
            }
        }
    }

    /**
     * Writes the rows of a batch whose other inputs are bound.
     *
     * @param tape a tape with room for them
     * @return [rows][words], without the first and the last
     */
    public int[][] decode(Tape tape, int rows) {
        return decode(tape, rows, rows);
    }

    /**
     * The same of a batch of which only the first rows are of interest: the others are computed, but not waited for.
     *
     * @param awaited how many
     */
    public int[][] decode(Tape tape, int rows, int awaited) {
        int size = shape.inputSize();
        float[] words = new float[rows * size];
        for (int r = 0; r < rows; r++) {
            words[r * size] = 1;
            words[r * size + 1] = begin;
        }
        int[][] written = new int[rows][shape.length()];
        int[] count = new int[rows];
        boolean[] ended = new boolean[rows];
        Arrays.fill(ended, awaited, rows, true);
        tape.bind(target, words);
        for (int place = 0; place < shape.length() && !all(ended); place++) {
            tape.forward(rows, Node.Pass.EVALUATE);
            for (int r = 0; r < rows; r++) {
                int word = ended[r] ? end : likeliest(tape.output(task), r, place);
                ended[r] = word == end;
                if (!ended[r]) {
                    written[r][count[r]++] = word;
                    feed(words, r * size, place + 1, word);
                }
            }
        }
        for (int r = 0; r < rows; r++) {
            written[r] = Arrays.copyOf(written[r], count[r]);
        }
        return written;
    }

    /** Puts a word where the next place reads it, if there is one. */
    private void feed(float[] words, int row, int place, int word) {
        if (place < shape.length()) {
            words[row] = place + 1;
            words[row + 1 + place] = word;
        }
    }

    private static boolean all(boolean[] ended) {
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
