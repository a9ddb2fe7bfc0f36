package org.mtl4j.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Tribuo's examples, one {@code Dataset} or {@code DataSource} per target, made into multi-task data, and back.
 *
 * <p>Features are named and ordered as in Tribuo's feature map (by name); one that an example lacks is 0. Tribuo's
 * unknown output is no label. A Tribuo example has one output; the labels of further targets may stand in its metadata,
 * under the target's name, in words that Tribuo's own output factory reads: where a {@code RowProcessor} puts a column
 * that it extracts, and where {@link #dataset} puts them.
 *
 * <pre>{@code
 * var data = TribuoExamples.of(casual, casualSet).and(registered, registeredSet).join(); // the same rows
 * var more = TribuoExamples.of(films, filmReviews).and(tweets, tweetSet).stack();        // other rows
 * var both = TribuoExamples.of(casual, casualSet, registered).join();                    // registered in the metadata
 * }</pre>
 */
public final class TribuoExamples {

    private final List<MultiTaskData> parts;

    private TribuoExamples(List<MultiTaskData> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * The examples of one target.
     *
     * @param examples a Tribuo {@code Dataset} or {@code DataSource}, or a list of examples
     * @param others further targets, whose labels stand in the examples' metadata under their names
     */
    public static <T extends Output<T>> TribuoExamples of(
            Target<T> target, Iterable<Example<T>> examples, Target<?>... others) {
        return new TribuoExamples(List.of()).and(target, examples, others);
    }

    /** These examples and those of one more target. */
    public <T extends Output<T>> TribuoExamples and(
            Target<T> target, Iterable<Example<T>> examples, Target<?>... others) {
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
        List<TargetColumn> columns = new ArrayList<>();
        columns.add(TribuoOutputs.column(
                target, list.stream().map(Example::getOutput).toList()));
        for (Target<?> other : others) {
            columns.add(metadata(other, list));
        }
        return and(MultiTaskData.of(Map.of(MultiTaskData.FEATURES, dense(List.copyOf(features), list)), columns));
    }

    /** These examples and these rows, whose features are named as {@link #dataset} names them. */
    public TribuoExamples and(MultiTaskData rows) {
        MultiTaskData part = rows;
        if (!rows.inputs().equals(List.of(MultiTaskData.FEATURES))) {
            List<TargetColumn> columns =
                    rows.targets().stream().map(rows::target).toList();
            part = MultiTaskData.of(Map.of(MultiTaskData.FEATURES, flat(rows)), columns)
                    .origin(rows.origin());
        }
        return new TribuoExamples(Stream.concat(parts.stream(), Stream.of(part)).toList());
    }

    /**
     * One row per position: example i of every data set is the same row with another target.
     *
     * @throws IllegalArgumentException if two data sets differ in rows or in a feature
     */
    public MultiTaskData join() {
        return combine(MultiTaskData::join);
    }

    /** The rows of all data sets below one another; each carries its own targets only. */
    public MultiTaskData stack() {
        return combine(MultiTaskData::stack);
    }

    private MultiTaskData combine(BinaryOperator<MultiTaskData> operator) {
        Set<String> names = new TreeSet<>();
        parts.forEach(part -> names.addAll(((Input.Dense) part.input(MultiTaskData.FEATURES)).features()));
        List<String> features = List.copyOf(names);
        return parts.stream()
                .map(part -> aligned(part, features))
                .reduce(operator)
                .orElseThrow();
    }

    private static MultiTaskData aligned(MultiTaskData part, List<String> features) {
        Input.Dense input = (Input.Dense) part.input(MultiTaskData.FEATURES);
        return part.replace(Map.of(MultiTaskData.FEATURES, input.aligned(features)), Map.of());
    }

    private static Input.Dense dense(List<String> features, List<? extends Example<?>> examples) {
        Map<String, Integer> columns = new HashMap<>();
        features.forEach(name -> columns.put(name, columns.size()));
        float[] values = new float[examples.size() * features.size()];
        int offset = 0;
        for (Example<?> example : examples) {
            for (Feature feature : example) {
                values[offset + columns.getOrDefault(feature.getName(), 0)] = (float) feature.getValue();
            }
            offset += features.size();
        }
        return Input.Dense.of(features, values);
    }

    private static TargetColumn metadata(Target<?> target, List<? extends Example<?>> examples) {
        List<@Nullable Output<?>> outputs = new ArrayList<>();
        for (Example<?> example : examples) {
            Object value = example.getMetadataValue(target.name()).orElse("");
            outputs.add(TribuoOutputs.read(target, outputs.size(), value));
        }
        return TribuoOutputs.column(target, outputs);
    }

    /**
     * The rows that carry a label of the target, as a Tribuo data set for Tribuo's own trainers and evaluators. A row of
     * which some of several labels are unknown is left out: Tribuo would take them for labels that do not hold.
     *
     * @param data rows; features of several inputs are named {@code input/feature}
     * @param others further targets, whose labels go into the examples' metadata: {@code recipe.trainer(casual)} finds them
     *     there, in every fold of Tribuo's cross-validation
     */
    public static <T extends Output<T>> MutableDataset<T> dataset(
            MultiTaskData data, Target<T> target, Target<?>... others) {
        data.requireTargets(Stream.concat(Stream.of(target), Stream.of(others)).toList());
        TargetColumn column = data.target(target.name());
        Input.Dense input = flat(data);
        String[] names = input.features().toArray(String[]::new);
        List<Example<T>> examples = new ArrayList<>();
        for (int r = 0; r < data.rows(); r++) {
            if (TribuoOutputs.isOutput(column, r)) {
                T output = target.outputType().cast(TribuoOutputs.output(column, r));
                examples.add(new ArrayExample<>(output, names, values(input, r), metadata(data, r, others)));
            }
        }
        OutputFactory<T> factory = TribuoOutputs.factory(target);
        return new MutableDataset<>(new ListDataSource<>(
                examples, factory, new SimpleDataSourceProvenance(data.origin().title(), factory)));
    }

    /** All rows as Tribuo examples of an unknown output, for a model to predict. */
    public static <T extends Output<T>> List<Example<T>> unlabelled(MultiTaskData data, Target<T> target) {
        Input.Dense input = flat(data);
        String[] names = input.features().toArray(String[]::new);
        T unknown = TribuoOutputs.factory(target).getUnknownOutput();
        List<Example<T>> examples = new ArrayList<>();
        for (int r = 0; r < data.rows(); r++) {
            examples.add(new ArrayExample<>(unknown, names, values(input, r)));
        }
        return examples;
    }

    private static Map<String, Object> metadata(MultiTaskData data, int row, Target<?>... others) {
        Map<String, Object> metadata = new HashMap<>();
        for (Target<?> other : others) {
            TargetColumn column = data.target(other.name());
            if (TribuoOutputs.isOutput(column, row)) {
                metadata.put(other.name(), TribuoOutputs.text(column, row));
            }
        }
        return metadata;
    }

    private static double[] values(Input.Dense input, int row) {
        double[] values = new double[input.width()];
        for (int c = 0; c < values.length; c++) {
            values[c] = input.get(row, c);
        }
        return values;
    }

    /** All inputs side by side; where there are several, a feature is named {@code input/feature}. */
    private static Input.Dense flat(MultiTaskData data) {
        List<String> inputs = data.inputs();
        if (inputs.size() == 1) {
            return (Input.Dense) data.input(inputs.get(0));
        }
        List<String> names = InputForm.columns(InputForm.of(data));
        float[] values = new float[data.rows() * names.size()];
        int before = 0;
        for (String name : inputs) {
            Input.Dense input = (Input.Dense) data.input(name);
            for (int r = 0; r < data.rows(); r++) {
                input.copyRow(r, values, r * names.size() + before);
            }
            before += input.width();
        }
        return Input.Dense.of(names, values);
    }
}
