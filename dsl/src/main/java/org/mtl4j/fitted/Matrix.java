package org.mtl4j.fitted;

import java.util.Arrays;

/**
 * Numbers with a name and a shape [rows, columns], row-major: a parameter of a net, or the predictions of a task.
 * Immutable; equal if names, shapes and all bits are.
 */
public final class Matrix {

    private final String name;
    private final int rows;
    private final int columns;
    private final float[] values;

    private Matrix(String name, int rows, int columns, float[] values) {
        this.name = name;
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    /**
     * A matrix from its numbers.
     *
     * @param values [rows, columns], row-major, copied
     */
    public static Matrix of(String name, int rows, int columns, float[] values) {
        return own(name, rows, columns, values.clone());
    }

    /** A matrix that keeps the array: the caller hands it over. */
    static Matrix own(String name, int rows, int columns, float[] values) {
        if (rows < 0 || columns < 1 || values.length != (long) rows * columns) {
            throw new IllegalArgumentException(
                    "Matrix '%s' of shape [%d, %d]: %d numbers do not fill it.\nGive rows times columns numbers, row by row."
                            .formatted(name, rows, columns, values.length));
        }
        return new Matrix(name, rows, columns, values);
    }

    /** The parameter's name, such as {@code encoder.0.weight}, or the task's. */
    public String name() {
        return name;
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /** The number of columns. */
    public int columns() {
        return columns;
    }

    /** One number. */
    public float get(int row, int column) {
        return values[row * columns + column];
    }

    /** The numbers, [rows * columns], row-major, a copy. */
    public float[] toArray() {
        return values.clone();
    }

    /** The numbers, [rows][columns], a copy. */
    public double[][] toRows() {
        double[][] copy = new double[rows][columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                copy[r][c] = values[r * columns + c];
            }
        }
        return copy;
    }

    /** Some rows only, in that order. */
    Matrix select(int[] chosen) {
        float[] selected = new float[chosen.length * columns];
        for (int r = 0; r < chosen.length; r++) {
            System.arraycopy(values, chosen[r] * columns, selected, r * columns, columns);
        }
        return new Matrix(name, chosen.length, columns, selected);
    }

    /** The column of the greatest number of a row; the first of equals. */
    int greatest(int row) {
        int best = 0;
        for (int c = 1; c < columns; c++) {
            best = get(row, c) > get(row, best) ? c : best;
        }
        return best;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matrix matrix
                && name.equals(matrix.name)
                && rows == matrix.rows
                && columns == matrix.columns
                && Arrays.equals(values, matrix.values);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(values);
    }

    /** {@code encoder.0.weight [14, 256]}. */
    @Override
    public String toString() {
        return name + " [" + rows + ", " + columns + "]";
    }
}
