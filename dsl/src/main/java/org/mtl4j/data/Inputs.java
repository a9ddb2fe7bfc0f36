package org.mtl4j.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mtl4j.tensor.Shape;

/** Makes inputs of what a user has: features, images, texts, series of features, graphs. */
public final class Inputs {

    /** The word that fills short rows up: number 0 of a vocabulary made here. */
    public static final String PADDING = "<pad>";

    /** The word that stands for all that are not in the vocabulary: number 1 of a vocabulary made here. */
    public static final String UNKNOWN = "<unk>";

    private Inputs() {}

    /** Features named x0, x1, ... @param x [rows, features], copied */
    public static Input features(double[][] x) {
        return Columns.dense(x);
    }

    /**
     * Images.
     *
     * @param pixels [rows][channels * height * width], channel by channel, row by row of pixels; copied
     * @throws IllegalArgumentException if a row has another number of pixels
     */
    public static Input images(int channels, int height, int width, float[][] pixels) {
        Shape.Image shape = new Shape.Image(channels, height, width);
        float[] values = new float[pixels.length * shape.size()];
        for (int r = 0; r < pixels.length; r++) {
            if (pixels[r].length != shape.size()) {
                throw new IllegalArgumentException(
                        "images(%d, %d, %d, ..): row %d has %d numbers, not %d.%nGive channels x height x width of each image."
                                .formatted(channels, height, width, r, pixels[r].length, shape.size()));
            }
            System.arraycopy(pixels[r], 0, values, r * shape.size(), shape.size());
        }
        return ShapedInput.of(shape, names("channel", channels), values);
    }

    /**
     * The same numbers, read as images: columns are pixels, channel by channel, row by row.
     *
     * @throws IllegalArgumentException if the columns are not as many as the pixels
     */
    public static Input images(int channels, int height, int width, Input columns) {
        float[][] pixels = new float[columns.rows()][columns.width()];
        for (int r = 0; r < pixels.length; r++) {
            columns.copyRow(r, pixels[r], 0);
        }
        return images(channels, height, width, pixels);
    }

    /**
     * Texts, as words; the vocabulary is all words in them, the commonest first, behind {@link #PADDING} and {@link
     * #UNKNOWN}.
     *
     * @param texts [rows][words]
     */
    public static Input tokens(List<List<String>> texts) {
        Map<String, Integer> counts = new HashMap<>();
        texts.forEach(text -> text.forEach(word -> counts.merge(word, 1, Integer::sum)));
        List<String> words = new ArrayList<>(counts.keySet());
        words.sort(Comparator.comparing((String word) -> -counts.getOrDefault(word, 0))
                .thenComparing(word -> word));
        words.removeAll(List.of(PADDING, UNKNOWN));
        words.addAll(0, List.of(PADDING, UNKNOWN));
        return tokens(texts, words);
    }

    /**
     * Texts, as words of a given vocabulary; a word that is not in it becomes {@link #UNKNOWN}.
     *
     * @param texts [rows][words]
     * @param vocabulary the words by number; word 0 fills short rows up
     * @throws IllegalArgumentException if a text is empty, or a word is unknown and the vocabulary has no {@link #UNKNOWN}
     */
    public static Input tokens(List<List<String>> texts, List<String> vocabulary) {
        Map<String, Integer> numbers = new HashMap<>();
        vocabulary.forEach(word -> numbers.putIfAbsent(word, numbers.size()));
        int[][] ids = new int[texts.size()][];
        for (int r = 0; r < ids.length; r++) {
            List<String> text = texts.get(r);
            ids[r] = new int[text.size()];
            for (int p = 0; p < ids[r].length; p++) {
                Integer id = numbers.getOrDefault(text.get(p), numbers.get(UNKNOWN));
                if (id == null) {
                    throw new IllegalArgumentException(
                            "tokens(..): row %d holds '%s', which is not in the vocabulary of %d words.%nAdd it, or add \"%s\" to stand for such words."
                                    .formatted(r, text.get(p), vocabulary.size(), UNKNOWN));
                }
                ids[r][p] = id;
            }
        }
        return tokens(ids, vocabulary);
    }

    /**
     * Texts, as numbers of words.
     *
     * @param ids [rows][words], each below the size of the vocabulary
     * @throws IllegalArgumentException if a row is empty, or a number is beyond the vocabulary
     */
    public static Input tokens(int[][] ids, List<String> vocabulary) {
        int longest =
                IntStream.range(0, ids.length).map(r -> ids[r].length).max().orElse(0);
        Shape.Tokens shape = new Shape.Tokens(Math.max(1, longest), vocabulary.size());
        float[] values = new float[ids.length * shape.inputSize()];
        for (int r = 0; r < ids.length; r++) {
            int at = r * shape.inputSize();
            values[at] = ids[r].length;
            for (int p = 0; p < ids[r].length; p++) {
                values[at + 1 + p] = ids[r][p];
            }
        }
        return ShapedInput.of(shape, vocabulary, values);
    }

    /**
     * Series of features named x0, x1, ...: steps of a time series, vectors of words.
     *
     * @param x [rows][steps][features], copied; rows may differ in steps
     */
    public static Input series(double[][][] x) {
        int longest = IntStream.range(0, x.length).map(r -> x[r].length).max().orElse(0);
        int width = x.length > 0 && x[0].length > 0 ? x[0][0].length : 1;
        Shape.Series shape = new Shape.Series(Math.max(1, longest), Math.max(1, width));
        float[] values = new float[x.length * shape.inputSize()];
        for (int r = 0; r < x.length; r++) {
            int at = r * shape.inputSize();
            values[at] = x[r].length;
            for (int p = 0; p < x[r].length; p++) {
                if (x[r][p].length != width) {
                    throw new IllegalArgumentException(
                            "series(..): row %d has %d features at step %d, but the first step of row 0 has %d.%nGive every step as many."
                                    .formatted(r, x[r][p].length, p, width));
                }
                for (int c = 0; c < width; c++) {
                    values[at + 1 + p * width + c] = (float) x[r][p][c];
                }
            }
        }
        return ShapedInput.of(shape, names("x", width), values);
    }

    /** Graphs, one per row; node features are named x0, x1, ... */
    public static Input graphs(List<GraphRow> rows) {
        return Graphs.of(rows);
    }

    private static List<String> names(String stem, int count) {
        return IntStream.range(0, count).mapToObj(c -> stem + c).toList();
    }
}
