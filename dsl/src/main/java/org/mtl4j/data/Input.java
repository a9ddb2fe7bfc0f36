package org.mtl4j.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.tensor.Shape;

/** One named input of all rows: {@link Dense} features, or images, texts, series and graphs. */
public sealed interface Input permits Input.Dense, ShapedInput {

    /** The number of rows. */
    int rows();

    /** The input's value for some rows only, in that order. */
    Input select(int[] rows);

    /** How a row lies. */
    Shape shape();

    /** Names: of columns, of channels, of the features at each place, or of the words of a vocabulary. */
    List<String> features();

    /** Engine API. Numbers a row. */
    default int width() {
        return shape().inputSize();
    }

    /** Engine API. One number of a row. */
    float get(int row, int column);

    /** Engine API. Copies one row into an array, from {@code offset} on. */
    void copyRow(int row, float[] into, int offset);

    /** Engine API. The same input with other numbers. @param values [rows, width], kept, not copied */
    Input with(float[] values);

    /** Dense features, [rows, width]. */
    final class Dense implements Input {
        private final List<String> features;
        private final float[] values;

        private Dense(List<String> features, float[] values) {
            this.features = features;
            this.values = values;
        }

        /**
         * Features from their values.
         *
         * @param features one name per column
         * @param values [rows, features], row-major; kept, not copied: the caller hands it over
         */
        public static Dense of(List<String> features, float[] values) {
            if (features.isEmpty() || values.length % features.size() != 0) {
                throw new IllegalArgumentException(
                        "%d values do not fill rows of %d features.".formatted(values.length, features.size()));
            }
            return new Dense(List.copyOf(features), values);
        }

        @Override
        public Shape shape() {
            return new Shape.Vector(features.size());
        }

        @Override
        public Dense with(float[] other) {
            return of(features, other);
        }

        /** One name per column. */
        @Override
        public List<String> features() {
            return features;
        }

        /** The number of columns. */
        @Override
        public int width() {
            return features.size();
        }

        @Override
        public int rows() {
            return values.length / features.size();
        }

        /** One value. */
        @Override
        public float get(int row, int column) {
            return values[row * features.size() + column];
        }

        @Override
        public void copyRow(int row, float[] into, int offset) {
            System.arraycopy(values, row * features.size(), into, offset, features.size());
        }

        /** The same rows with these features in this order; one that is not here is 0. */
        Dense aligned(List<String> wanted) {
            if (wanted.equals(features)) {
                return this;
            }
            Map<String, Integer> places = new HashMap<>();
            wanted.forEach(name -> places.put(name, places.size()));
            float[] aligned = new float[rows() * wanted.size()];
            for (int c = 0; c < width(); c++) {
                Integer place = places.get(features.get(c));
                for (int r = 0; place != null && r < rows(); r++) {
                    aligned[r * wanted.size() + place] = get(r, c);
                }
            }
            return new Dense(List.copyOf(wanted), aligned);
        }

        @Override
        public Dense select(int[] rows) {
            int width = width();
            float[] selected = new float[rows.length * width];
            for (int r = 0; r < rows.length; r++) {
                copyRow(rows[r], selected, r * width);
            }
            return new Dense(features, selected);
        }
    }
}
