package org.mtl4j.tensor;

/**
 * Where one named parameter lies in the flat array of {@link Parameters}: a [rows, columns] matrix with a row stride.
 *
 * @param name layer and kind: {@code encoder.0.weight} [in, out], {@code encoder.0.bias} [1, out]
 * @param rows rows; 1 for a bias
 * @param columns columns
 * @param offset index of the first number
 * @param stride distance of two rows; more than {@code columns} where the heads of several tasks lie side by side
 */
public record Parameter(String name, int rows, int columns, int offset, int stride) {

    /** The number of numbers. */
    public int size() {
        return rows * columns;
    }
}
