package org.mtl4j.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mtl4j.data.TargetColumn.Classes;
import org.mtl4j.data.TargetColumn.Marks;
import org.mtl4j.data.TargetColumn.Reals;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.MultiLabelFactory;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/** Tribuo's outputs made into target columns, and back. */
final class TribuoOutputs {

    private TribuoOutputs() {}

    @SuppressWarnings("unchecked") // the factory of the type that the target names
    static <T extends Output<T>> OutputFactory<T> factory(Target<T> target) {
        if (target.outputType() == MultiLabel.class) {
            return (OutputFactory<T>) new MultiLabelFactory();
        }
        return (OutputFactory<T>) (target.outputType() == Label.class ? new LabelFactory() : new RegressionFactory());
    }

    /** Whether Tribuo has an output for the row: it has none for a label that may hold or not. */
    static boolean isOutput(TargetColumn column, int row) {
        return column instanceof Marks marks ? marks.isComplete(row) : column.isLabelled(row);
    }

    /** The output of a row that has one. */
    static Output<?> output(TargetColumn column, int row) {
        if (column instanceof Classes classes) {
            return new Label(classes.classes().get(classes.index(row)));
        } else if (column instanceof Marks marks) {
            return new MultiLabel(IntStream.range(0, marks.width())
                    .filter(label -> marks.holds(row, label))
                    .mapToObj(label -> new Label(marks.labels().get(label)))
                    .collect(Collectors.toSet()));
        }
        double[] numbers = new double[column.width()];
        for (int d = 0; d < numbers.length; d++) {
            numbers[d] = column.get(row, d);
        }
        return new Regressor(((Reals) column).dimensions().toArray(String[]::new), numbers);
    }

    /** The output of a row that has one in words that {@link #read} reads: of several labels {@code a=true,b=false}. */
    static String text(TargetColumn column, int row) {
        if (column instanceof Marks marks) {
            return IntStream.range(0, marks.width())
                    .mapToObj(label -> marks.labels().get(label) + "=" + marks.holds(row, label))
                    .collect(Collectors.joining(","));
        }
        Output<?> output = output(column, row);
        return output instanceof Label label ? label.getLabel() : output.getSerializableForm(false);
    }

    /**
     * The output that stands in an example's metadata; null for blank words.
     *
     * @param value an output of the target's type, or what Tribuo's output factory reads
     */
    static @Nullable Output<?> read(Target<?> target, int example, Object value) {
        if (target.outputType().isInstance(value)) {
            return target.outputType().cast(value);
        }
        if (value.toString().isBlank()) {
            return null;
        }
        try {
            return factory(target).generateOutput(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Task '%s': the metadata of example %d hold '%s', which Tribuo does not read as a %s.\nCorrect it, or leave it out for 'no label'."
                            .formatted(
                                    target.name(),
                                    example,
                                    value,
                                    target.outputType().getSimpleName()),
                    e);
        }
    }

    /** A target column of Tribuo's outputs; null and Tribuo's unknown output are no label. */
    static TargetColumn column(Target<?> target, List<? extends @Nullable Output<?>> outputs) {
        if (target.outputType() == Label.class) {
            @Nullable String[] names = new String[outputs.size()];
            for (int r = 0; r < names.length; r++) {
                names[r] = outputs.get(r) instanceof Label label && isKnown(label) ? label.getLabel() : null;
            }
            return Columns.classes(target.name(), names);
        } else if (target.outputType() == MultiLabel.class) {
            List<@Nullable Collection<String>> sets = new ArrayList<>();
            for (Output<?> output : outputs) {
                sets.add(
                        output instanceof MultiLabel known && !known.contains(Label.UNKNOWN)
                                ? known.getNameSet()
                                : null);
            }
            return Columns.marks(target.name(), sets);
        }
        return reals(target.name(), outputs);
    }

    static boolean isKnown(Label label) {
        return !label.getLabel().equals(Label.UNKNOWN);
    }

    private static Reals reals(String target, List<? extends @Nullable Output<?>> outputs) {
        List<String> dimensions = outputs.stream()
                .filter(output -> output instanceof Regressor known && isKnown(known))
                .findFirst()
                .map(first -> List.of(((Regressor) first).getNames()))
                .orElseGet(() -> Columns.dimensions(1));
        float[] values = new float[outputs.size() * dimensions.size()];
        for (int r = 0; r < outputs.size(); r++) {
            boolean known = outputs.get(r) instanceof Regressor regressor && isKnown(regressor);
            double[] row = known ? numbers(target, r, dimensions, (Regressor) outputs.get(r)) : null;
            for (int d = 0; d < dimensions.size(); d++) {
                values[r * dimensions.size() + d] = row == null ? Float.NaN : (float) row[d];
            }
        }
        return Reals.of(target, dimensions, values);
    }

    private static boolean isKnown(Regressor regressor) {
        return IntStream.range(0, regressor.size())
                .anyMatch(d -> !Double.isNaN(regressor.getValues()[d]));
    }

    private static double[] numbers(String target, int row, List<String> dimensions, Regressor regressor) {
        List<String> names = List.of(regressor.getNames());
        if (!names.equals(dimensions)) {
            throw new IllegalArgumentException(
                    "Task '%s': example %d has dimensions %s, the first has %s.\nGive every example the same dimensions."
                            .formatted(target, row, names, dimensions));
        }
        return regressor.getValues();
    }
}
