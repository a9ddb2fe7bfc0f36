package org.mtl4j.tensor;

/**
 * A vector for each word: [length] indices -> [length, width], row i of the weight [vocabulary, width] for index i; 0 beyond
 * a row's own length.
 *
 * <p>The gradient of a row is the sum of the signals at the places that hold its index. The padding index, if there is one,
 * gives its row as it is stored, and that row gets no gradient (PyTorch's {@code Embedding}).
 *
 * @param vocabulary the number of words
 * @param width the features of a word
 * @param padding the index that gets no gradient; {@link #NO_PADDING} for none
 */
public record Embedding(int vocabulary, int width, int padding) implements LayerSpec {

    /** Stands for an embedding without a padding index. */
    public static final int NO_PADDING = -1;

    public Embedding {
        if (vocabulary < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "An embedding of %d words in %d features: it needs at least 1 of each.%nGive a positive width."
                            .formatted(vocabulary, width));
        }
        if (padding < NO_PADDING || padding >= vocabulary) {
            throw new IllegalArgumentException(
                    "An embedding of %d words: padding index %d is none of theirs.%nGive an index in 0 .. %d."
                            .formatted(vocabulary, padding, vocabulary - 1));
        }
    }

    @Override
    public String toString() {
        return "embedding(" + vocabulary + ", " + width + ")"
                + (padding == NO_PADDING ? "" : ".padding(" + padding + ")");
    }
}
