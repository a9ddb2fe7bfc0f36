package org.mtl4j.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tribuo.Output;
import org.tribuo.data.columnar.FieldProcessor;
import org.tribuo.data.columnar.ResponseProcessor;
import org.tribuo.data.columnar.processors.field.DoubleFieldProcessor;
import org.tribuo.data.columnar.processors.field.IdentityProcessor;
import org.tribuo.multilabel.MultiLabel;

/**
 * A CSV file to be read: which columns are targets, numbers, categories, groups. Immutable; {@link #read} does the work,
 * through Tribuo's field and response processors.
 *
 * <p>A number is the feature {@code temp}; a category is one feature per value, {@code season@winter}, 1 or 0. A column
 * that nothing is said of is numeric if all its cells are numbers (or {@linkplain #missing missing}), else categorical.
 *
 * <pre>{@code
 * var data = Csv.of("bikes.csv").target(casual).target(registered).categorical("hour").drop("total").group("day").read();
 * }</pre>
 */
public final class Csv {

    /** What stands for a missing label unless {@link #missing} says otherwise: the empty cell. */
    public static final Set<String> DEFAULT_MISSING = Set.of("");

    /**
     * A target with the processor that reads it, null for the plain one of its type, or with a column per label, none for a
     * target of another kind.
     */
    record Response(Target<?> target, @Nullable ResponseProcessor<?> processor, List<String> labels) {

        /** The columns that it is read from. */
        List<String> columns() {
            if (!labels.isEmpty()) {
                return labels;
            }
            return processor == null ? List.of(target.name()) : processor.getFieldNames();
        }
    }

    private final Path path;
    private final List<Response> responses;
    private final Map<String, FieldProcessor> fields;
    private final Set<String> dropped;
    private final List<String> groups;
    private final Set<String> missing;
    private final Origin origin;

    private Csv(
            Path path,
            List<Response> responses,
            Map<String, FieldProcessor> fields,
            Set<String> dropped,
            List<String> groups,
            Set<String> missing,
            Origin origin) { // seven: the only constructor, and private
        this.path = path;
        this.responses = responses;
        this.fields = fields;
        this.dropped = dropped;
        this.groups = groups;
        this.missing = missing;
        this.origin = origin;
    }

    /** A file, every column of which is an input until a wither says otherwise. */
    public static Csv of(Path path) {
        return new Csv(path, List.of(), Map.of(), Set.of(), List.of(), DEFAULT_MISSING, Origin.NONE);
    }

    /** A file, by its path. */
    public static Csv of(String path) {
        return of(Path.of(path));
    }

    /** This reading with one more target: the column of its name, classes for a label and one number for a regressor. */
    public Csv target(Target<?> target) {
        return response(new Response(target, null, List.of()));
    }

    /**
     * This reading with one more target of several labels, a column for each, which names it: 1 where the label holds, 0
     * where it does not, a {@linkplain #missing missing} cell where that is unknown.
     */
    public Csv labels(Target<MultiLabel> target, String... columns) {
        if (columns.length == 0) {
            throw new IllegalArgumentException(
                    "labels(%s): no column is named, so there is nothing to predict.\nName a column per label."
                            .formatted(target.name()));
        }
        return response(new Response(target, null, List.of(columns)));
    }

    /** This reading with one more target that a Tribuo processor makes of the columns it names. */
    public <T extends Output<T>> Csv target(Target<T> target, ResponseProcessor<T> processor) {
        return response(new Response(target, processor, List.of()));
    }

    private Csv response(Response response) {
        List<Response> more =
                Stream.concat(responses.stream(), Stream.of(response)).toList();
        return new Csv(path, more, fields, dropped, groups, missing, origin);
    }

    /** This reading with these columns as one number each. */
    public Csv numeric(String... columns) {
        return fields(Stream.of(columns).map(Csv::number).toList());
    }

    /** This reading with these columns as one feature per value. */
    public Csv categorical(String... columns) {
        return fields(Stream.of(columns).map(Csv::category).toList());
    }

    /** This reading with a column that a Tribuo processor makes features of, such as text to words. */
    public Csv field(FieldProcessor processor) {
        return fields(List.of(processor));
    }

    static FieldProcessor number(String column) {
        return new DoubleFieldProcessor(column, true);
    }

    static FieldProcessor category(String column) {
        return new IdentityProcessor(column);
    }

    private Csv fields(List<FieldProcessor> processors) {
        Map<String, FieldProcessor> more = new LinkedHashMap<>(fields);
        processors.forEach(processor -> more.put(processor.getFieldName(), processor));
        return new Csv(path, responses, more, dropped, groups, missing, origin);
    }

    /** This reading without these columns. */
    public Csv drop(String... columns) {
        Set<String> more = new LinkedHashSet<>(dropped);
        more.addAll(List.of(columns));
        return new Csv(path, responses, fields, more, groups, missing, origin);
    }

    /** This reading with a column that says which rows belong together; it is an input only if named as one too. */
    public Csv group(String column) {
        List<String> more = new ArrayList<>(groups);
        more.add(column);
        return new Csv(path, responses, fields, dropped, more, missing, origin);
    }

    /**
     * This reading with these cells of a target as 'no label', in place of {@link #DEFAULT_MISSING}: {@code missing("",
     * "NaN")}. A cell counts as it is written, without spaces around it: {@code NaN}, {@code nan} and {@code NA} are three.
     * Unless it is named here, a cell of a real target that is no finite number is an error, and one of a class target is a
     * class.
     */
    public Csv missing(String... cells) {
        return new Csv(path, responses, fields, dropped, groups, Set.of(cells), origin);
    }

    /** This reading with an origin to print; the file's own checksum fills in where it has none. */
    public Csv origin(Origin from) {
        return new Csv(path, responses, fields, dropped, groups, missing, from);
    }

    /**
     * The file's rows.
     *
     * @throws IllegalArgumentException if a column is missing or named twice, rows are ragged, a numeric cell is empty or
     *     no number: with the file, the line, the column and the cell
     */
    public MultiTaskData read() {
        return new CsvColumns(this, CsvFile.read(path)).data();
    }

    /** {@link #read}, then {@link MultiTaskData#split}. */
    public Split split(double train, double validation, double test) {
        return read().split(train, validation, test);
    }

    List<Response> responses() {
        return responses;
    }

    Map<String, FieldProcessor> fields() {
        return fields;
    }

    Set<String> dropped() {
        return dropped;
    }

    List<String> groups() {
        return groups;
    }

    Set<String> missing() {
        return missing;
    }

    Origin origin() {
        return origin;
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder("csv(" + quoted(path.toString()) + ")");
        responses.forEach(r -> line.append(r.labels().isEmpty() ? ".target(" : ".labels(")
                .append(Stream.concat(
                                Stream.of(r.target().name()),
                                r.labels().stream().map(Csv::quoted))
                        .collect(Collectors.joining(", ")))
                .append(")"));
        append(line, "numeric", named(DoubleFieldProcessor.class));
        append(line, "categorical", named(IdentityProcessor.class));
        fields.values().stream()
                .filter(p -> !(p instanceof DoubleFieldProcessor || p instanceof IdentityProcessor))
                .forEach(p -> line.append(".field(").append(p).append(")"));
        append(line, "drop", List.copyOf(dropped));
        groups.forEach(group -> append(line, "group", List.of(group)));
        if (!missing.equals(DEFAULT_MISSING)) {
            append(line, "missing", missing.stream().sorted().toList());
        }
        return line.toString();
    }

    /** The wither that takes one more cell for a missing label: {@code .missing("", "NaN")}. */
    String missingToo(String cell) {
        StringBuilder line = new StringBuilder();
        append(
                line,
                "missing",
                Stream.concat(missing.stream(), Stream.of(cell))
                        .distinct()
                        .sorted()
                        .toList());
        return line.toString();
    }

    private List<String> named(Class<? extends FieldProcessor> kind) {
        return fields.values().stream()
                .filter(kind::isInstance)
                .map(FieldProcessor::getFieldName)
                .toList();
    }

    private static void append(StringBuilder line, String wither, List<String> names) {
        if (!names.isEmpty()) {
            line.append(names.stream().map(Csv::quoted).collect(Collectors.joining(", ", "." + wither + "(", ")")));
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
