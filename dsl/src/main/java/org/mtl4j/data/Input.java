package org.mtl4j.data;

import java.util.List;

/** One named input of all rows. {@link Dense} features now; images, token sequences and graphs are further cases. */
public sealed interface Input {

    /** The number of rows. */
    int rows();

    /** The input's value for some rows only, in that order. */
    Input select(int[] rows);

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

        /** One name per column. */
        public List<String> features() {
            return features;
        }

        /** The number of columns. */
        public int width() {
            return features.size();
        }

        @Override
        public int rows() {
            return values.length / features.size();
        }

        /** One value. */
        public float get(int row, int column) {
            return values[row * features.size() + column];
        }

        /** Engine API. Copies one row into an array, from {@code offset} on. */
        public void copyRow(int row, float[] into, int offset) {
            System.arraycopy(values, row * features.size(), into, offset, features.size());
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
