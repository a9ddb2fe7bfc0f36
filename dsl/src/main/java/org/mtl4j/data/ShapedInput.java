package org.mtl4j.data;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.tensor.Shape;

/**
 * An input whose rows are images, sequences, texts or graphs. {@link Inputs} makes them. Immutable.
 *
 * <p>Rows lie as {@link Shape} says, each as long as the longest.
 */
public final class ShapedInput implements Input {

    private final Shape shape;
    private final List<String> features;
    private final float[] values;

    private ShapedInput(Shape shape, List<String> features, float[] values) {
        this.shape = shape;
        this.features = List.copyOf(features);
        this.values = values;
    }

    /**
     * Engine API. An input from its numbers.
     *
     * @param features names: of channels, of the features at each place, of the words of a vocabulary
     * @param values [rows, shape.inputSize()], kept, not copied: the caller hands it over
     */
    public static ShapedInput of(Shape shape, List<String> features, float[] values) {
        if (values.length % shape.inputSize() != 0) {
            throw new IllegalArgumentException("%d values do not fill rows of %d.%nGive as many as rows of %s take."
                    .formatted(values.length, shape.inputSize(), shape));
        }
        return new ShapedInput(shape, features, values);
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public List<String> features() {
        return features;
    }

    @Override
    public int rows() {
        return values.length / shape.inputSize();
    }

    @Override
    public float get(int row, int column) {
        return values[row * shape.inputSize() + column];
    }

    @Override
    public void copyRow(int row, float[] into, int offset) {
        System.arraycopy(values, row * shape.inputSize(), into, offset, shape.inputSize());
    }

    @Override
    public ShapedInput select(int[] rows) {
        return new ShapedInput(shape, features, Rows.select(values, shape.inputSize(), rows));
    }

    @Override
    public ShapedInput with(float[] other) {
        return of(shape, features, other);
    }

    /** How many places of a row count: tokens, steps, nodes, pixels. */
    public int length(int row) {
        return shape.inputSize() == shape.size() ? shape.positions() : (int) get(row, 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ShapedInput input
                && shape.equals(input.shape)
                && features.equals(input.features)
                && Arrays.equals(values, input.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return rows() + " rows of " + shape;
    }
}
