package org.mtl4j.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mtl4j.data.TargetColumn.Classes;
import org.mtl4j.data.TargetColumn.Reals;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/**
 * Tribuo's examples, one {@code Dataset} or {@code DataSource} per target, made into multi-task data, and back.
 *
 * <p>Features are named and ordered as in Tribuo's feature map (by name); one that an example lacks is 0. Tribuo's
 * unknown output is no label.
 *
 * <pre>{@code
 * var data = TribuoExamples.of(casual, casualSet).and(registered, registeredSet).join(); // the same rows
 * var more = TribuoExamples.of(films, filmReviews).and(tweets, tweetSet).stack();        // other rows
 * }</pre>
 */
public final class TribuoExamples {

    private record Part(Target<?> target, List<? extends Example<?>> examples, Set<String> features) {}

    private final List<Part> parts;

    private TribuoExamples(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * The examples of one target.
     *
     * @param examples a Tribuo {@code Dataset} or {@code DataSource}, or a list of examples
     */
    public static <T extends Output<T>> TribuoExamples of(Target<T> target, Iterable<Example<T>> examples) {
        return new TribuoExamples(List.of()).and(target, examples);
    }

    /** These examples and those of one more target. */
    public <T extends Output<T>> TribuoExamples and(Target<T> target, Iterable<Example<T>> examples) {
        List<Example<T>> list = new ArrayList<>();
        Set<String> features = new TreeSet<>();
        for (Example<T> example : examples) {
            if (example.getWeight() != Example.DEFAULT_WEIGHT) {
                throw new IllegalArgumentException(
                        "Task '%s': example %d has weight %s, but rows have no weights.\nLeave example weights at 1 and weigh the task instead."
                                .formatted(target.name(), list.size(), example.getWeight()));
            }
            list.add(example);
            example.forEach(feature -> features.add(feature.getName()));
        }
        if (list.isEmpty()) {
            throw new IllegalArgumentException(
                    "Task '%s': its data set holds 0 examples: data need at least one.\nCheck what was read."
                            .formatted(target.name()));
        }
        if (examples instanceof Dataset<?> dataset) {
            dataset.getFeatureMap().forEach(feature -> features.add(feature.getName()));
        }
        List<Part> more = new ArrayList<>(parts);
        more.add(new Part(target, list, features));
        return new TribuoExamples(more);
    }

    /**
     * One row per position: example i of every data set is the same row with another target.
     *
     * @throws IllegalArgumentException if two data sets differ in rows or in a feature
     */
    public MultiTaskData join() {
        return combine(MultiTaskData::join);
    }

    /** The rows of all data sets below one another; each carries its own target only. */
    public MultiTaskData stack() {
        return combine(MultiTaskData::stack);
    }

    /**
     * The rows that carry a label of the target, as a Tribuo data set for Tribuo's own trainers and evaluators.
     *
     * @param data rows; features of several inputs are named {@code input/feature}
     */
    public static <T extends Output<T>> MutableDataset<T> dataset(MultiTaskData data, Target<T> target) {
        data.requireTargets(List.of(target));
        TargetColumn column = data.target(target.name());
        String[] names = names(data);
        List<Example<T>> examples = new ArrayList<>();
        for (int r = 0; r < data.rows(); r++) {
            if (column.isLabelled(r)) {
                T output = target.outputType().cast(output(column, r));
                examples.add(new ArrayExample<>(output, names, values(data, r, names.length)));
            }
        }
        OutputFactory<T> factory = factory(target);
        return new MutableDataset<>(new ListDataSource<>(
                examples, factory, new SimpleDataSourceProvenance(data.origin().title(), factory)));
    }

    private static String[] names(MultiTaskData data) {
        List<String> names = new ArrayList<>();
        for (String input : data.inputs()) {
            String prefix = data.inputs().size() == 1 ? "" : input + "/";
            ((Input.Dense) data.input(input)).features().forEach(feature -> names.add(prefix + feature));
        }
        return names.toArray(String[]::new);
    }

    private static double[] values(MultiTaskData data, int row, int width) {
        double[] values = new double[width];
        int at = 0;
        for (String name : data.inputs()) {
            Input.Dense input = (Input.Dense) data.input(name);
            for (int c = 0; c < input.width(); c++) {
                values[at++] = input.get(row, c);
            }
        }
        return values;
    }

    private static Output<?> output(TargetColumn column, int row) {
        if (column instanceof Classes classes) {
            return new Label(classes.classes().get(classes.index(row)));
        }
        double[] numbers = new double[column.width()];
        for (int d = 0; d < numbers.length; d++) {
            numbers[d] = column.get(row, d);
        }
        return new Regressor(((Reals) column).dimensions().toArray(String[]::new), numbers);
    }

    @SuppressWarnings("unchecked") // the factory of the type that the target names
    private static <T extends Output<T>> OutputFactory<T> factory(Target<T> target) {
        return (OutputFactory<T>) (target.outputType() == Label.class ? new LabelFactory() : new RegressionFactory());
    }

    private MultiTaskData combine(BinaryOperator<MultiTaskData> operator) {
        Set<String> names = new TreeSet<>();
        parts.forEach(part -> names.addAll(part.features()));
        List<String> features = List.copyOf(names);
        return parts.stream().map(part -> data(part, features)).reduce(operator).orElseThrow();
    }

    private static MultiTaskData data(Part part, List<String> features) {
        Map<String, Integer> columns = new HashMap<>();
        features.forEach(name -> columns.put(name, columns.size()));
        float[] values = new float[part.examples().size() * features.size()];
        List<Output<?>> outputs = new ArrayList<>();
        for (Example<?> example : part.examples()) {
            int offset = outputs.size() * features.size();
            for (Feature feature : example) {
                values[offset + columns.getOrDefault(feature.getName(), 0)] = (float) feature.getValue();
            }
            outputs.add(example.getOutput());
        }
        return MultiTaskData.of(
                Map.of(MultiTaskData.FEATURES, Input.Dense.of(features, values)),
                List.of(column(part.target(), outputs)));
    }

    /** A target column of Tribuo's outputs; null and Tribuo's unknown output are no label. */
    static TargetColumn column(Target<?> target, List<? extends @Nullable Output<?>> outputs) {
        if (target.outputType() == Label.class) {
            String[] names = new String[outputs.size()];
            for (int r = 0; r < names.length; r++) {
                names[r] = outputs.get(r) instanceof Label label && isKnown(label) ? label.getLabel() : null;
            }
            return Columns.classes(target.name(), names);
        }
        return reals(target.name(), outputs);
    }

    private static boolean isKnown(Label label) {
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
