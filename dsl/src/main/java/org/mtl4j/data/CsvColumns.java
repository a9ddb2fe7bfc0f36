package org.mtl4j.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.data.columnar.ColumnarFeature;
import org.tribuo.data.columnar.FieldProcessor;
import org.tribuo.data.columnar.ResponseProcessor;
import org.tribuo.data.columnar.RowProcessor;
import org.tribuo.data.columnar.processors.field.DoubleFieldProcessor;
import org.tribuo.data.columnar.processors.response.EmptyResponseProcessor;
import org.tribuo.data.columnar.processors.response.FieldResponseProcessor;
import org.tribuo.regression.Regressor;

/** Decides what each column of a file is, checks its cells, and runs Tribuo's processors over them. */
final class CsvColumns {

    /** More different texts than this in a column that nothing was said of are names or free text, not categories. */
    private static final int MOST_INFERRED_CATEGORIES = 500;

    private final Csv csv;
    private final CsvFile file;

    CsvColumns(Csv csv, CsvFile file) {
        this.csv = csv;
        this.file = file;
    }

    MultiTaskData data() {
        Map<String, String> uses = uses();
        List<TargetColumn> targets = new ArrayList<>();
        for (Csv.Response response : csv.responses()) {
            targets.add(target(response));
        }
        MultiTaskData data = MultiTaskData.of(Map.of(MultiTaskData.FEATURES, features(processors(uses))), targets);
        for (String group : csv.groups()) {
            int column = file.column(group);
            data = data.group(
                    group,
                    IntStream.range(0, file.rows())
                            .mapToObj(r -> file.cell(r, column))
                            .toList());
        }
        return data.origin(origin());
    }

    private Origin origin() {
        Origin given = csv.origin();
        Origin named = given.equals(Origin.NONE) ? Origin.titled(file.name()) : given;
        return named.sha256().isEmpty() ? named.sha256(file.sha256()) : named;
    }

    /** What each named column is used for; a column has one use, but a group column may be an input too. */
    private Map<String, String> uses() {
        Map<String, String> uses = new LinkedHashMap<>();
        for (Csv.Response response : csv.responses()) {
            String use = "target '" + response.target().name() + "'";
            response.columns().forEach(column -> use(uses, column, use));
        }
        csv.fields().keySet().forEach(column -> use(uses, column, "input"));
        csv.dropped().forEach(column -> use(uses, column, "dropped"));
        csv.groups().forEach(column -> {
            file.column(column);
            uses.putIfAbsent(column, "group");
        });
        return uses;
    }

    private void use(Map<String, String> uses, String column, String use) {
        file.column(column);
        String other = uses.putIfAbsent(column, use);
        if (other != null) {
            throw new IllegalArgumentException("%s: column '%s' is named twice, as %s and as %s.\nName it once."
                    .formatted(file.name(), column, other, use));
        }
    }

    private List<FieldProcessor> processors(Map<String, String> uses) {
        List<FieldProcessor> processors = new ArrayList<>();
        for (String column : file.header()) {
            FieldProcessor given = csv.fields().get(column);
            if (given != null) {
                processors.add(given);
            } else if (!uses.containsKey(column)) {
                processors.add(inferred(column));
            }
        }
        if (processors.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: no column is left as an input (of %s).\nName one with .numeric(..) or .categorical(..)."
                            .formatted(file.name(), String.join(", ", file.header())));
        }
        for (FieldProcessor processor : processors) {
            if (processor instanceof DoubleFieldProcessor) {
                checkNumbers(processor.getFieldName());
            }
        }
        return processors;
    }

    private FieldProcessor inferred(String column) {
        int position = file.column(column);
        boolean numeric = IntStream.range(0, file.rows())
                .allMatch(r -> csv.missing().contains(file.cell(r, position)) || file.number(r, position) != null);
        if (numeric) {
            return Csv.number(column);
        }
        long texts = IntStream.range(0, file.rows())
                .mapToObj(r -> file.cell(r, position))
                .distinct()
                .count();
        if (texts > MOST_INFERRED_CATEGORIES) {
            throw new IllegalArgumentException(
                    "%s: column '%s' holds %s different texts, so it is not taken for categories unasked.\nSay .drop(\"%s\"), .group(\"%s\") or .categorical(\"%s\")."
                            .formatted(file.name(), column, DataRules.count(texts), column, column, column));
        }
        return Csv.category(column);
    }

    private void checkNumbers(String column) {
        int position = file.column(column);
        for (int r = 0; r < file.rows(); r++) {
            if (file.number(r, position) == null) {
                String place = file.place(r, column);
                throw new IllegalArgumentException(
                        file.cell(r, position).isEmpty()
                                ? place
                                        + ", but a numeric input needs a number in every row.\nFill it in, drop the row, or say .drop(\""
                                        + column + "\")."
                                : place + ", which is not a finite number.\nCorrect it, or say .categorical(\"" + column
                                        + "\") or .drop(\"" + column + "\").");
            }
        }
    }

    /**
     * All rows through one Tribuo row processor, twice: for the names, then for the values, so that no row's features are
     * held. Features stand in the order of Tribuo's feature map.
     */
    private Input.Dense features(List<FieldProcessor> processors) {
        Map<String, FieldProcessor> byField = new LinkedHashMap<>();
        Map<String, Integer> positions = new LinkedHashMap<>();
        for (FieldProcessor processor : processors) {
            byField.put(processor.getFieldName(), processor);
            positions.put(processor.getFieldName(), file.column(processor.getFieldName()));
        }
        RowProcessor<Label> rows = new RowProcessor<>(new EmptyResponseProcessor<>(new LabelFactory()), byField);
        Set<String> names = new TreeSet<>();
        for (int r = 0; r < file.rows(); r++) {
            rows.generateFeatures(cells(r, positions)).forEach(feature -> names.add(feature.getName()));
        }
        Map<String, Integer> columns = new HashMap<>();
        names.forEach(name -> columns.put(name, columns.size()));
        float[] values = new float[file.rows() * names.size()];
        for (int r = 0; r < file.rows(); r++) {
            for (ColumnarFeature feature : rows.generateFeatures(cells(r, positions))) {
                values[r * names.size() + columns.getOrDefault(feature.getName(), 0)] += (float) feature.getValue();
            }
        }
        return Input.Dense.of(List.copyOf(names), values);
    }

    private Map<String, String> cells(int row, Map<String, Integer> positions) {
        Map<String, String> cells = new HashMap<>();
        positions.forEach((field, position) -> cells.put(field, file.cell(row, position)));
        return cells;
    }

    private TargetColumn target(Csv.Response response) {
        Target<?> target = response.target();
        if (!response.labels().isEmpty()) {
            return CsvLabels.read(file, csv, response);
        }
        ResponseProcessor<?> given = response.processor();
        ResponseProcessor<?> processor = given == null ? plain(target) : given;
        List<@Nullable Output<?>> outputs = new ArrayList<>();
        for (int r = 0; r < file.rows(); r++) {
            outputs.add(output(target, processor, r));
        }
        return TribuoOutputs.column(target, outputs);
    }

    private static ResponseProcessor<?> plain(Target<?> target) {
        return plain(List.of(target.name()), TribuoOutputs.factory(target));
    }

    /** Reads the cell as it stands: Tribuo's default puts it into upper case. */
    private static <T extends Output<T>> ResponseProcessor<T> plain(List<String> column, OutputFactory<T> factory) {
        return new FieldResponseProcessor<>(column, List.of(""), factory, false, false);
    }

    private @Nullable Output<?> output(Target<?> target, ResponseProcessor<?> processor, int row) {
        List<String> columns = processor.getFieldNames();
        List<String> cells = columns.stream()
                .map(column -> file.cell(row, file.column(column)))
                .toList();
        if (cells.stream().allMatch(csv.missing()::contains)) {
            return null;
        }
        String first = columns.get(0);
        if (target.outputType() == Regressor.class
                && columns.size() == 1
                && processor.getClass() == FieldResponseProcessor.class
                && file.number(row, file.column(first)) == null) {
            throw new IllegalArgumentException(
                    "%s, which is not a finite number, but task '%s' predicts one.\nCorrect it, or say %s if it stands for no label."
                            .formatted(file.place(row, first), target.name(), csv.missingToo(cells.get(0))));
        }
        try {
            return processor.process(cells).orElse(null);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "%s, which the processor of task '%s' does not take: %s\nCorrect the cell, or the processor."
                            .formatted(file.place(row, first), target.name(), e.getMessage()),
                    e);
        }
    }
}
