package org.mtl4j.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tribuo.classification.Label;

/**
 * Makes targets that are sequences of words, each of a length of its own: translations, summaries, spellings.
 *
 * <pre>{@code
 * data.with(SequenceTargets.words(task("german").sequence(), sentences))
 * }</pre>
 */
public final class SequenceTargets {

    /**
     * The symbol that ends a sequence, the last number of a vocabulary. A decoder reads it in front of the first word too: as
     * it reads it nowhere else, one symbol tells begin and end.
     */
    public static final String END = "</s>";

    private SequenceTargets() {}

    /**
     * Sequences of words; the vocabulary is all words in them, in sorted order.
     *
     * @param sequences [rows][words], null for no label
     * @throws IllegalArgumentException if a sequence is empty, or all of them have fewer than two words to choose from
     */
    public static TargetColumn words(Target<Label> target, List<? extends @Nullable List<String>> sequences) {
        TreeSet<String> words = new TreeSet<>();
        sequences.stream().filter(Objects::nonNull).forEach(words::addAll);
        words.remove(END); // it is said to be no word below
        return words(target, sequences, List.copyOf(words));
    }

    /**
     * Sequences of words of a given vocabulary; a word that is not in it becomes {@link Inputs#UNKNOWN}.
     *
     * @param vocabulary the words by number
     * @throws IllegalArgumentException if a sequence is empty, or a word is unknown and the vocabulary has no {@link
     *     Inputs#UNKNOWN}
     */
    public static TargetColumn words(
            Target<Label> target, List<? extends @Nullable List<String>> sequences, List<String> vocabulary) {
        Map<String, Integer> numbers = new HashMap<>();
        vocabulary.forEach(word -> numbers.putIfAbsent(word, numbers.size()));
        int[] @Nullable [] ids = new int[sequences.size()][];
        for (int r = 0; r < ids.length; r++) {
            List<String> sequence = sequences.get(r);
            ids[r] = sequence == null ? null : numbers(target, r, sequence, numbers);
        }
        return numbers(target, ids, vocabulary);
    }

    private static int[] numbers(Target<Label> target, int row, List<String> sequence, Map<String, Integer> numbers) {
        int[] ids = new int[sequence.size()];
        for (int p = 0; p < ids.length; p++) {
            Integer id = numbers.getOrDefault(sequence.get(p), numbers.get(Inputs.UNKNOWN));
            if (id == null) {
                throw new IllegalArgumentException(
                        "Target '%s': row %d holds '%s', which is not in the vocabulary of %d words.%nAdd it, or add \"%s\" to stand for such words."
                                .formatted(target.name(), row, sequence.get(p), numbers.size(), Inputs.UNKNOWN));
            }
            ids[p] = id;
        }
        return ids;
    }

    /**
     * Sequences of numbers of words.
     *
     * @param ids [rows][words], each below the size of the vocabulary; null for no label
     * @param vocabulary the words by number, at least two, without {@link #END}
     * @throws IllegalArgumentException if a sequence is empty, or a number is beyond the vocabulary
     */
    public static TargetColumn numbers(Target<Label> target, int[] @Nullable [] ids, List<String> vocabulary) {
        check(target, vocabulary);
        int longest = Arrays.stream(ids)
                .mapToInt(row -> row == null ? 0 : row.length)
                .max()
                .orElse(0);
        int places = longest + 1;
        float[] indices = new float[ids.length * places];
        Arrays.fill(indices, Float.NaN);
        for (int r = 0; r < ids.length; r++) {
            int[] row = ids[r];
            if (row != null) {
                check(target, r, row, vocabulary);
                for (int p = 0; p < row.length; p++) {
                    indices[r * places + p] = row[p];
                }
                indices[r * places + row.length] = vocabulary.size();
            }
        }
        List<String> classes = new ArrayList<>(vocabulary);
        classes.add(END);
        return PlaceClasses.sequences(target.name(), classes, places, indices);
    }

    private static void check(Target<Label> target, Collection<String> vocabulary) {
        if (vocabulary.contains(END)) {
            throw new IllegalArgumentException(
                    "Target '%s': its vocabulary holds '%s', which ends every sequence by itself.%nLeave it out of vocabulary and sequences."
                            .formatted(target.name(), END));
        } else if (vocabulary.size() < 2) {
            throw new IllegalArgumentException(
                    "Target '%s': its vocabulary holds %s, so there is nothing to choose from.%nGive sequences of at least 2 words."
                            .formatted(
                                    target.name(),
                                    vocabulary.isEmpty()
                                            ? "no word"
                                            : "one word only, '%s'"
                                                    .formatted(vocabulary
                                                            .iterator()
                                                            .next())));
        }
    }

    private static void check(Target<Label> target, int row, int[] ids, List<String> vocabulary) {
        if (ids.length == 0) {
            throw new IllegalArgumentException(
                    "Target '%s': row %d holds an empty sequence: there is no word to learn.%nGive it a word, or null for no label."
                            .formatted(target.name(), row));
        }
        for (int p = 0; p < ids.length; p++) {
            if (ids[p] < 0 || ids[p] >= vocabulary.size()) {
                throw new IllegalArgumentException(
                        "Target '%s': row %d holds word number %d at place %d, but the vocabulary has numbers 0 to %d.%nGive a larger vocabulary, or stand-ins for rare words."
                                .formatted(target.name(), row, ids[p], p, vocabulary.size() - 1));
            }
        }
    }
}
