package org.mtl4j.tensor;

/**
 * Engine API. Writes sequences word by word: at each place the word with the greatest output, which the next place then reads
 * (greedy search). All rows go together: one forward pass of the net, then for each further place one of what reads the words.
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
     * Begins a sequence in each row of a batch: binds the first word of all of them. The forward pass that it then goes on from
     * ({@link GreedyWriting#write}) serves all that were begun before it.
     *
     * @param tape a tape with room for them
     * @param awaited how many rows, from the first on, are of interest: the others are computed, but not waited for
     */
    public GreedyWriting start(Tape tape, int rows, int awaited) {
        return new GreedyWriting(this, tape, rows, awaited);
    }

    /**
     * Writes the rows of a batch whose other inputs are bound.
     *
     * @param tape a tape with room for them
     * @return [rows][words], without the first and the last
     */
    public int[][] decode(Tape tape, int rows) {
        GreedyWriting begun = start(tape, rows, rows);
        tape.forward(rows, Node.Pass.EVALUATE);
        return begun.write();
    }
}
