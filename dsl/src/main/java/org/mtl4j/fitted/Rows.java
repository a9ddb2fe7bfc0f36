package org.mtl4j.fitted;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;

/** Rows of features in a net's own order, not yet standardised. */
interface Rows {

    /** The number of rows. */
    int count();

    /** Copies one row. @param into [.., width] from {@code offset} on, overwritten. */
    void copy(int row, float[] into, int offset);

    /**
     * The rows of one input, its features matched by name.
     *
     * @throws IllegalArgumentException if the data lacks the input or a feature, or has one more
     */
    static Rows of(MultiTaskData data, String name, List<String> features) {
        Input.Dense input = (Input.Dense) data.input(name);
        if (input.features().equals(features)) {
            return new Rows() {
                @Override
                public int count() {
                    return input.rows();
                }

                @Override
                public void copy(int row, float[] into, int offset) {
                    input.copyRow(row, into, offset);
                }
            };
        }
        return reordered(input, columns(input, name, features));
    }

    private static Rows reordered(Input.Dense input, int[] columns) {
        return new Rows() {
            @Override
            public int count() {
                return input.rows();
            }

            @Override
            public void copy(int row, float[] into, int offset) {
                for (int c = 0; c < columns.length; c++) {
                    into[offset + c] = input.get(row, columns[c]);
                }
            }
        };
    }

    /** The data's column of each feature. */
    private static int[] columns(Input.Dense input, String name, List<String> features) {
        Set<String> missing = new LinkedHashSet<>(features);
        input.features().forEach(missing::remove);
        Set<String> extra = new LinkedHashSet<>(input.features());
        features.forEach(extra::remove);
        if (!missing.isEmpty() || !extra.isEmpty()) {
            throw new IllegalArgumentException(
                    "Input '%s': the net was trained on %d features; the data lacks %s and has %s beside them.\nGive exactly the features of the training data, in any order."
                            .formatted(name, features.size(), listed(missing), listed(extra)));
        }
        Map<String, Integer> place = new HashMap<>();
        for (int c = 0; c < input.width(); c++) {
            place.put(input.features().get(c), c);
        }
        int[] columns = new int[features.size()];
        Arrays.setAll(columns, c -> place.getOrDefault(features.get(c), -1));
        return columns;
    }

    private static String listed(Set<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
