package org.mtl4j.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The values of one target with the mask of the rows that carry one.
 *
 * <p>{@link Classes} hold a class index per row, {@link Reals} one or more numbers per row.
 */
public sealed interface TargetColumn {

    /** The target's name. */
    String name();

    /** Numbers per row: 1 for classes. */
    int width();

    /** The number of rows. */
    int rows();

    /** Whether the row carries a value. */
    boolean isLabelled(int row);

    /** Engine API. The number at [row, column]: a class index, or a real. Meaningless where not labelled. */
    float get(int row, int column);

    /** The number of rows with a value. */
    int labelled();

    /** The column for some rows only, in that order. */
    TargetColumn select(int[] rows);

    /** The column with labels only on the rows of this set; all other labels are dropped. */
    TargetColumn keep(BitSet rows);

    /** A class per row. */
    final class Classes implements TargetColumn {
        private final String name;
        private final List<String> classes;
        private final int[] indices;

        private Classes(String name, List<String> classes, int[] indices) {
            this.name = name;
            this.classes = classes;
            this.indices = indices;
        }

        /**
         * A column of classes.
         *
         * @param classes the class names, in index order
         * @param indices [rows], the class of each row, -1 for no label; kept, not copied
         */
        public static Classes of(String name, List<String> classes, int[] indices) {
            return new Classes(name, List.copyOf(classes), indices);
        }

        /** The class names, in index order. */
        public List<String> classes() {
            return classes;
        }

        /** The class index of a row, -1 for none. */
        public int index(int row) {
            return indices[row];
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public int rows() {
            return indices.length;
        }

        @Override
        public boolean isLabelled(int row) {
            return indices[row] >= 0;
        }

        @Override
        public float get(int row, int column) {
            return indices[row];
        }

        @Override
        public int labelled() {
            int count = 0;
            for (int index : indices) {
                count += index >= 0 ? 1 : 0;
            }
            return count;
        }

        @Override
        public Classes select(int[] rows) {
            int[] selected = new int[rows.length];
            for (int r = 0; r < rows.length; r++) {
                selected[r] = indices[rows[r]];
            }
            return new Classes(name, classes, selected);
        }

        @Override
        public Classes keep(BitSet rows) {
            int[] kept = indices.clone();
            for (int r = 0; r < kept.length; r++) {
                kept[r] = rows.get(r) ? kept[r] : -1;
            }
            return new Classes(name, classes, kept);
        }
    }

    /** One or more real numbers per row. */
    final class Reals implements TargetColumn {
        private final String name;
        private final List<String> dimensions;
        private final float[] values;

        private Reals(String name, List<String> dimensions, float[] values) {
            this.name = name;
            this.dimensions = dimensions;
            this.values = values;
        }

        /**
         * A column of reals.
         *
         * @param dimensions one name per number; Tribuo's dimension names
         * @param values [rows, dimensions]; a row whose first number is NaN carries no label; kept, not copied
         */
        public static Reals of(String name, List<String> dimensions, float[] values) {
            return new Reals(name, List.copyOf(dimensions), values);
        }

        /** One name per number. */
        public List<String> dimensions() {
            return dimensions;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int width() {
            return dimensions.size();
        }

        @Override
        public int rows() {
            return values.length / dimensions.size();
        }

        @Override
        public boolean isLabelled(int row) {
            return !Float.isNaN(values[row * dimensions.size()]);
        }

        @Override
        public float get(int row, int column) {
            return values[row * dimensions.size() + column];
        }

        @Override
        public int labelled() {
            int count = 0;
            for (int row = 0; row < rows(); row++) {
                count += isLabelled(row) ? 1 : 0;
            }
            return count;
        }

        @Override
        public Reals select(int[] rows) {
            int width = width();
            float[] selected = new float[rows.length * width];
            for (int r = 0; r < rows.length; r++) {
                System.arraycopy(values, rows[r] * width, selected, r * width, width);
            }
            return new Reals(name, dimensions, selected);
        }

        @Override
        public Reals keep(BitSet rows) {
            float[] kept = values.clone();
            for (int r = 0; r < rows(); r++) {
                if (!rows.get(r)) {
                    Arrays.fill(kept, r * width(), (r + 1) * width(), Float.NaN);
                }
            }
            return new Reals(name, dimensions, kept);
        }
    }
}
