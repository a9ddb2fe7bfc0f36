package org.mtl4j.data;

import org.tribuo.Output;

/**
 * A column to be predicted: its name and the Tribuo type of its values. A task is a target.
 *
 * @param <T> {@link org.tribuo.classification.Label}, {@link org.tribuo.multilabel.MultiLabel} or {@link
 *     org.tribuo.regression.Regressor}
 */
public interface Target<T extends Output<T>> {

    /** The task's name and, in a file, the column's. */
    String name();

    /** The Tribuo type of its values: {@code Label.class}, {@code MultiLabel.class} or {@code Regressor.class}. */
    Class<T> outputType();

    /** Whether it has a value at each place of a row (token, node, pixel), not one a row. */
    default boolean isPlaced() {
        return false;
    }

    /** Whether its value is a sequence with places of its own. */
    default boolean isSequence() {
        return false;
    }

    /** Whether it says of a row that two of its inputs belong together. */
    default boolean isOfPairs() {
        return false;
    }

    /** Whether its value is the boxes around the objects of an image. */
    default boolean isOfBoxes() {
        return false;
    }
}
