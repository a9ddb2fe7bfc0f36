package org.mtl4j.fitted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.data.Input;
import org.mtl4j.data.InputForm;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.tensor.Shape;

/** Rows of inputs as a net reads them, not yet standardised. */
interface Rows {

    /** The number of rows. */
    int count();

    /** Copies one row of one input. @param into [.., width] from {@code offset} on, overwritten. */
    void copy(int row, int input, float[] into, int offset);

    /** How many of these places each row has, as its input with as many says; all of them where none does. */
    default int[] lengths(List<InputForm> forms, int places) {
        int[] lengths = new int[count()];
        Arrays.fill(lengths, places);
        for (int i = 0; i < forms.size(); i++) {
            Shape shape = forms.get(i).shape();
            if (shape.positions() == places && shape.inputSize() != shape.size()) {
                float[] row = new float[shape.inputSize()];
                for (int r = 0; r < lengths.length; r++) {
                    copy(r, i, row, 0);
                    lengths[r] = (int) row[0];
                }
                return lengths;
            }
        }
        return lengths;
    }

    /**
     * The rows of the inputs, features matched by name.
     *
     * @throws IllegalArgumentException if the data lack an input or a feature, or have one more
     */
    static Rows of(MultiTaskData data, List<InputForm> forms) {
        List<Source> sources = new ArrayList<>();
        for (InputForm form : forms) {
            sources.add(source(data.input(form.name()), form));
        }
        return new Rows() {
            @Override
            public int count() {
                return data.rows();
            }

            @Override
            public void copy(int row, int input, float[] into, int offset) {
                sources.get(input).copy(row, into, offset);
            }
        };
    }

    /** The rows of one input. */
    @FunctionalInterface
    interface Source {
        /** Copies one row. */
        void copy(int row, float[] into, int offset);
    }

    private static Source source(Input input, InputForm form) {
        if (input.features().equals(form.features()) && input.shape().equals(form.shape())) {
            return input::copyRow;
        }
        if (input.shape() instanceof Shape.Vector && form.shape() instanceof Shape.Vector) {
            int[] columns = columns(input, form);
            return (row, into, offset) -> {
                for (int c = 0; c < columns.length; c++) {
                    into[offset + c] = input.get(row, columns[c]);
                }
            };
        }
        if (input.features().equals(form.features()) && isShorter(input.shape(), form.shape())) {
            return (row, into, offset) -> { // what lies beyond a row's own length does not count
                Arrays.fill(into, offset, offset + form.shape().inputSize(), 0f);
                input.copyRow(row, into, offset);
            };
        }
        throw new IllegalArgumentException(
                "Input '%s': the net was trained on rows of %s; these are %s%s.%nGive rows of the same kind and names, no longer than those; cut longer sequences."
                        .formatted(
                                form.name(),
                                form.shape(),
                                input.shape(),
                                input.features().equals(form.features()) ? "" : " with other names"));
    }

    private static boolean isShorter(Shape given, Shape wanted) {
        if (given instanceof Shape.Tokens tokens && wanted instanceof Shape.Tokens trained) {
            return tokens.vocabulary() == trained.vocabulary() && tokens.length() <= trained.length();
        }
        return given instanceof Shape.Series series
                && wanted instanceof Shape.Series trained
                && series.width() == trained.width()
                && series.length() <= trained.length();
    }

    /** The data's column of each feature. */
    private static int[] columns(Input input, InputForm form) {
        List<String> features = form.features();
        Set<String> missing = new LinkedHashSet<>(features);
        input.features().forEach(missing::remove);
        Set<String> extra = new LinkedHashSet<>(input.features());
        features.forEach(extra::remove);
        if (!missing.isEmpty() || !extra.isEmpty()) {
            throw new IllegalArgumentException(
                    "Input '%s': the net was trained on %d features; the data lacks %s and has %s beside them.\nGive exactly the features of the training data, in any order."
                            .formatted(form.name(), features.size(), listed(missing), listed(extra)));
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
