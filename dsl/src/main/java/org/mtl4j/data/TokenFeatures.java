package org.mtl4j.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.mtl4j.tensor.Shape;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.Output;
import org.tribuo.sequence.SequenceExample;

/**
 * Engine API. What the examples of a Tribuo sequence, one a token, are to an input: a word each, as a feature of that name and
 * the value 1, or the named numbers of a step. A feature of value 0 is as good as absent.
 */
public sealed interface TokenFeatures permits WordFeatures, StepFeatures {

    /** The features that a token may have, in order. */
    List<String> names();

    /**
     * The sequences as rows of an input.
     *
     * @param longest the places of a row, at least those of the longest sequence
     * @throws IllegalArgumentException if a token has no feature, or is a word that the vocabulary lacks
     */
    Input read(List<? extends SequenceExample<?>> sequences, int longest);

    /** One place of a row as a Tribuo example. */
    <T extends Output<T>> Example<T> write(T output, Input input, int row, int place);

    /** How many of a token's features are among {@link #names}. */
    default int known(Example<?> token) {
        int known = 0;
        for (Feature feature : token) {
            known += isKnown(feature.getName()) ? 1 : 0;
        }
        return known;
    }

    /** Whether it is among {@link #names}. */
    boolean isKnown(String feature);

    /**
     * Those of the one input that these rows have.
     *
     * @throws IllegalArgumentException if it is neither words nor a series, or there is another
     */
    static TokenFeatures of(Target<?> target, List<InputForm> inputs) {
        if (inputs.size() == 1 && inputs.get(0).shape() instanceof Shape.Tokens) {
            return WordFeatures.of(inputs.get(0).name(), inputs.get(0).features());
        } else if (inputs.size() == 1 && inputs.get(0).shape() instanceof Shape.Series) {
            return StepFeatures.of(inputs.get(0).features());
        }
        throw new IllegalArgumentException(
                "Task '%s': a Tribuo sequence has features at each token, but a row here has %s.%nGive one input, of Inputs.tokens(..) or Inputs.series(..); run.predict(data) takes all others."
                        .formatted(
                                target.name(),
                                inputs.stream()
                                        .map(input -> "'%s' of %s".formatted(input.name(), input.shape()))
                                        .collect(Collectors.joining(" and "))));
    }

    /** The number of tokens of the longest; at least 1. */
    static int longest(List<? extends SequenceExample<?>> sequences) {
        return Math.max(
                1, sequences.stream().mapToInt(SequenceExample::size).max().orElse(1));
    }

    /** A token's features of a value other than 0. */
    static List<Feature> present(Example<?> token) {
        List<Feature> present = new ArrayList<>();
        for (Feature feature : token) {
            if (feature.getValue() != 0) {
                present.add(feature);
            }
        }
        return present;
    }

    /** An error in Tribuo's own words. */
    static IllegalArgumentException none(Example<?> token) {
        return new IllegalArgumentException("No features found in Example " + token);
    }
}
