package org.mtl4j.tensor;

/**
 * Engine API. What one node of a tape computes, as a frozen value: what a {@link TapeReader} is told, so that something else
 * can compute the same. Prints as its name and numbers.
 */
public interface LayerSpec {

    /** Whether a row's value depends on the other rows of the batch in training, as with batch statistics. */
    default boolean couplesRows() {
        return false;
    }
}
