package org.mtl4j.layer;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Tape;

/**
 * The blueprint of the part of a net that turns inputs into a representation. A frozen value: it holds no parameters;
 * each call of {@link #record} makes new ones.
 */
public interface Encoder {

    /**
     * Engine API. Records the encoder on a tape with new parameters.
     *
     * @param tape the tape
     * @param prefix what parameter names begin with, such as {@code encoder}
     * @param sources the inputs of the data
     * @param random where initial parameters are drawn from
     * @return the representation: a vector, or features at each place
     * @throws IllegalArgumentException if it takes other inputs, with the shapes of both
     */
    Node record(Tape tape, String prefix, Sources sources, RandomGenerator random);

    /**
     * Engine API. What it makes of each input by itself, by the input's name, where it keeps that apart until they are joined;
     * empty where it does not.
     *
     * @param representation what {@link #record} answered
     */
    default Map<String, Node> branches(Node representation) {
        return Map.of();
    }

    /**
     * The width of the input that it was declared for, or {@link #ANY_WIDTH}.
     */
    default int inputWidth() {
        return ANY_WIDTH;
    }

    /**
     * Engine API. Checks that it takes an input of the data.
     *
     * @throws IllegalArgumentException if it was declared for another width
     */
    default void requireFeatures(String input, int features) {
        if (inputWidth() != ANY_WIDTH && inputWidth() != features) {
            throw new IllegalArgumentException(
                    "Encoder %s: it takes %d inputs, but input '%s' of the data has %d features.%nDeclare .inputs(%d), or leave .inputs(..) out to take what the data has."
                            .formatted(this, inputWidth(), input, features, features));
        }
    }

    /** Whether it can be recorded for any number of features, before data are known. Others need to know their inputs. */
    default boolean takesAnyFeatures() {
        return false;
    }

    /** Stands for an encoder that takes inputs of any width. */
    int ANY_WIDTH = 0;
}
