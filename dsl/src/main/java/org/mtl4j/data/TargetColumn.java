package org.mtl4j.data;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The values of one target with the mask of the rows that carry one.
 *
 * <p>{@link Classes} hold a class index per row, {@link Marks} whether each of several labels holds, {@link Reals} one or
 * more numbers per row; {@link PlaceClasses} and {@link PlaceReals} the same at each place of a row; {@link Pairs} whether two
 * inputs of a row belong together; {@link Boxes} the objects in an image.
 */
public sealed interface TargetColumn
        permits TargetColumn.Classes, TargetColumn.Marks, TargetColumn.Reals, PlaceClasses, PlaceReals, Pairs, Boxes {

    /** The target's name. */
    String name();

    /** Numbers per row, over all its places: 1 for classes. */
    int width();

    /** The number of rows. */
    int rows();

    /** Places of a row that may carry a value each: 1 where a row has one value. */
    default int places() {
        return 1;
    }

    /** Whether the row carries a value, at one of its places at least. */
    boolean isLabelled(int row);

    /** Whether this place of the row carries a value. */
    default boolean isLabelled(int row, int place) {
        return isLabelled(row);
    }

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

    /**
     * Any number of labels per row: each holds or does not, or is unknown. A row is labelled if one of its labels is known.
     */
    final class Marks implements TargetColumn {
        private final String name;
        private final List<String> labels;
        private final float[] values;

        private Marks(String name, List<String> labels, float[] values) {
            this.name = name;
            this.labels = labels;
            this.values = values;
        }

        /**
         * A column of labels.
         *
         * @param labels the labels' names, at least one
         * @param values [rows, labels], 1 where the label holds, 0 where it does not, NaN where that is unknown; kept, not
         *     copied
         */
        public static Marks of(String name, List<String> labels, float[] values) {
            if (labels.isEmpty()) {
                throw new IllegalArgumentException(
                        "Target '%s' has no label: there is nothing to predict.\nName at least one, or give a row that has one."
                                .formatted(name));
            }
            if (values.length % labels.size() != 0) {
                throw new IllegalArgumentException(
                        "Target '%s': %d values do not fill rows of %d labels.\nGive a value per row and label: 1, 0 or NaN."
                                .formatted(name, values.length, labels.size()));
            }
            return new Marks(name, List.copyOf(labels), values);
        }

        /** The labels' names, in index order. */
        public List<String> labels() {
            return labels;
        }

        /** Whether it is known if this label holds. */
        public boolean isKnown(int row, int label) {
            return !Float.isNaN(get(row, label));
        }

        /** Whether this label is known to hold. */
        public boolean holds(int row, int label) {
            return get(row, label) == 1;
        }

        /** Whether all labels of the row are known. */
        public boolean isComplete(int row) {
            return IntStream.range(0, width()).allMatch(label -> isKnown(row, label));
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int width() {
            return labels.size();
        }

        @Override
        public int rows() {
            return values.length / labels.size();
        }

        @Override
        public boolean isLabelled(int row) {
            return IntStream.range(0, width()).anyMatch(label -> isKnown(row, label));
        }

        /** 1, 0 or NaN for unknown, also in a labelled row. */
        @Override
        public float get(int row, int column) {
            return values[row * labels.size() + column];
        }

        @Override
        public int labelled() {
            return (int) IntStream.range(0, rows()).filter(this::isLabelled).count();
        }

        @Override
        public Marks select(int[] rows) {
            return new Marks(name, labels, Rows.select(values, width(), rows));
        }

        @Override
        public Marks keep(BitSet rows) {
            return new Marks(name, labels, Rows.keep(values, width(), rows));
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
            return new Reals(name, dimensions, Rows.select(values, width(), rows));
        }

        @Override
        public Reals keep(BitSet rows) {
            return new Reals(name, dimensions, Rows.keep(values, width(), rows));
        }
    }
}
