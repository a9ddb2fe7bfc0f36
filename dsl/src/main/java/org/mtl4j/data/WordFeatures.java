package org.mtl4j.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mtl4j.tensor.Shape;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.Output;
import org.tribuo.impl.ArrayExample;
import org.tribuo.sequence.SequenceExample;

/**
 * A word a token: the one feature that is in the vocabulary. A token with none is {@link Inputs#UNKNOWN}, where the vocabulary
 * has it.
 */
final class WordFeatures implements TokenFeatures {

    private final List<String> vocabulary;
    private final Set<String> words;

    private WordFeatures(List<String> vocabulary, Set<String> words) {
        this.vocabulary = vocabulary;
        this.words = words;
    }

    /** Those of a vocabulary whose words are told apart by name. */
    static WordFeatures of(String input, List<String> vocabulary) {
        Set<String> words = new HashSet<>();
        for (String word : vocabulary) {
            if (!words.add(word)) {
                throw new IllegalArgumentException(
                        "Input '%s': the word '%s' stands twice in its vocabulary, but Tribuo tells words apart by name.%nGive every word a name of its own."
                                .formatted(input, word));
            }
        }
        return new WordFeatures(List.copyOf(vocabulary), words);
    }

    /** Those of all words in these sequences, the commonest first, as {@link Inputs#tokens(List)} numbers them. */
    static WordFeatures in(List<? extends SequenceExample<?>> sequences) {
        Input all = Inputs.tokens(texts(sequences, any -> true));
        return of(MultiTaskData.FEATURES, all.features());
    }

    @Override
    public List<String> names() {
        return vocabulary;
    }

    @Override
    public boolean isKnown(String feature) {
        return words.contains(feature);
    }

    @Override
    public Input read(List<? extends SequenceExample<?>> sequences, int longest) {
        Input input = Inputs.tokens(texts(sequences, this::isKnown), vocabulary);
        Shape.Tokens shape = new Shape.Tokens(longest, vocabulary.size());
        float[] values = new float[sequences.size() * shape.inputSize()];
        for (int r = 0; r < sequences.size(); r++) {
            input.copyRow(r, values, r * shape.inputSize());
        }
        return ShapedInput.of(shape, vocabulary, values);
    }

    private static List<List<String>> texts(List<? extends SequenceExample<?>> sequences, Predicate<String> known) {
        List<List<String>> texts = new ArrayList<>();
        for (SequenceExample<?> sequence : sequences) {
            List<String> text = new ArrayList<>();
            for (int p = 0; p < sequence.size(); p++) {
                text.add(word(texts.size(), p, sequence.get(p), known));
            }
            texts.add(text);
        }
        return texts;
    }

    /** The one known word of a token; where there is none, one that is not known. */
    private static String word(int sequence, int place, Example<?> token, Predicate<String> known) {
        List<Feature> present = TokenFeatures.present(token);
        if (present.isEmpty()) {
            throw TokenFeatures.none(token);
        }
        @Nullable Feature word = null;
        for (Feature feature : present) {
            if (known.test(feature.getName())) {
                if (word != null || feature.getValue() != 1) {
                    throw notOneWord(sequence, place, word == null ? List.of(feature) : List.of(word, feature));
                }
                word = feature;
            }
        }
        return word == null ? present.get(0).getName() : word.getName();
    }

    private static IllegalArgumentException notOneWord(int sequence, int place, List<Feature> features) {
        String found = features.size() == 1
                ? "'%s' of value %s"
                        .formatted(features.get(0).getName(), features.get(0).getValue())
                : "'%s' and '%s'"
                        .formatted(features.get(0).getName(), features.get(1).getName());
        return new IllegalArgumentException(
                "Sequence %d, token %d has %s: a word is one feature of value 1.%nLeave one, or train on TribuoSequences.series(..), which takes any numbers."
                        .formatted(sequence, place, found));
    }

    @Override
    public <T extends Output<T>> Example<T> write(T output, Input input, int row, int place) {
        String word = vocabulary.get((int) input.get(row, 1 + place));
        return new ArrayExample<>(output, new String[] {word}, new double[] {1});
    }
}
