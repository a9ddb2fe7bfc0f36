package org.mtl4j.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mtl4j.show.Show;
import org.mtl4j.tensor.Shape;
import org.tribuo.classification.Label;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.regression.Regressor;

/**
 * Rows with named inputs and, per target, a value and a label mask; they carry their origin and the columns that say
 * which rows belong together. Immutable. Prints itself as a table.
 *
 * <pre>{@code
 * var data = MultiTaskData.dense(x).target(income, new String[] {"low", "high", null}).target(age, new double[] {31, 58, 40});
 * var split = data.split(0.7, 0.15, 0.15).seed(7);
 * }</pre>
 */
public final class MultiTaskData implements Show {

    /** The name of the input where there is but one. */
    public static final String FEATURES = "features";

    private final int rows;
    private final Map<String, Input> inputs;
    private final Map<String, TargetColumn> targets;
    private final Map<String, Groups> groups;
    private final Origin origin;

    private MultiTaskData(
            Map<String, Input> inputs, Map<String, TargetColumn> targets, Map<String, Groups> groups, Origin origin) {
        this.rows = inputs.values().iterator().next().rows();
        this.inputs = inputs;
        this.targets = targets;
        this.groups = groups;
        this.origin = origin;
    }

    /**
     * Data from its columns.
     *
     * @throws IllegalArgumentException if there are no rows, columns differ in rows, two targets share a name, a
     *     feature is NaN or infinite, or a label is infinite or has only some of its dimensions
     */
    public static MultiTaskData of(Map<String, Input> inputs, List<TargetColumn> targets) {
        Map<String, TargetColumn> byName = DataRules.check(inputs, targets);
        return new MultiTaskData(new LinkedHashMap<>(inputs), byName, Map.of(), Origin.NONE);
    }

    /** Rows of one input, as {@link Inputs} makes it, and no target yet. */
    public static MultiTaskData of(String name, Input input) {
        return of(Map.of(name, input), List.of());
    }

    /** These rows with one more input. */
    public MultiTaskData with(String name, Input input) {
        if (inputs.containsKey(name)) {
            throw new IllegalArgumentException(
                    "Two inputs are named '%s': names tell inputs apart.\nRename one.".formatted(name));
        }
        Map<String, Input> more = new LinkedHashMap<>(inputs);
        more.put(name, input);
        return new MultiTaskData(
                new LinkedHashMap<>(more), DataRules.check(more, List.copyOf(targets.values())), groups, origin);
    }

    /** These rows with their one input read as images. */
    MultiTaskData images(Shape.Image shape) {
        if (inputs.size() != 1) {
            throw new IllegalArgumentException(
                    "images(..): the data have %d inputs: %s.\nMake them with Inputs.images(..)."
                            .formatted(inputs.size(), inputs()));
        }
        String name = inputs().get(0);
        Input images = Inputs.images(shape.channels(), shape.height(), shape.width(), input(name));
        return replace(Map.of(name, images), Map.of());
    }

    /**
     * Rows of features named x0, x1, ... and no target yet.
     *
     * @param x [rows, features], copied
     */
    public static MultiTaskData dense(double[][] x) {
        return of(Map.of(FEATURES, Columns.dense(x)), List.of());
    }

    /**
     * Rows of features named x0, x1, ... and no target yet.
     *
     * @param x [rows, features], copied
     */
    public static MultiTaskData dense(float[][] x) {
        return of(Map.of(FEATURES, Columns.dense(x)), List.of());
    }

    /**
     * These rows with one more target.
     *
     * @param classes [rows], null for no label; classes are numbered in sorted order
     */
    public MultiTaskData target(Target<Label> target, @Nullable String[] classes) {
        return with(Columns.classes(target.name(), classes));
    }

    /**
     * These rows with one more target.
     *
     * @param classes [rows], the class number 0, 1, ... of each row, -1 for no label
     */
    public MultiTaskData target(Target<Label> target, int[] classes) {
        return with(Columns.classes(target.name(), classes));
    }

    /**
     * These rows with one more target.
     *
     * @param values [rows], NaN for no label
     */
    public MultiTaskData target(Target<Regressor> target, double[] values) {
        return with(Columns.reals(target.name(), values));
    }

    /**
     * These rows with one more target.
     *
     * @param values [rows, dimensions], a row of NaN for no label
     */
    public MultiTaskData target(Target<Regressor> target, double[][] values) {
        return with(Columns.reals(target.name(), values));
    }

    /**
     * These rows with one more target.
     *
     * @param labels [rows], the labels that hold of each row, null where nothing is known; labels are numbered in sorted
     *     order
     */
    public MultiTaskData target(Target<MultiLabel> target, List<? extends @Nullable Collection<String>> labels) {
        return with(Columns.marks(target.name(), labels));
    }

    /**
     * These rows with one more target.
     *
     * @param labels the labels' names
     * @param values [rows, labels], 1 where the label holds, 0 where it does not, NaN where that is unknown
     */
    public MultiTaskData target(Target<MultiLabel> target, List<String> labels, double[][] values) {
        return with(Columns.marks(target.name(), labels, values));
    }

    /** These rows with one more target. */
    public MultiTaskData with(TargetColumn target) {
        List<TargetColumn> more = new ArrayList<>(targets.values());
        more.add(target);
        return targets(more);
    }

    /** These rows with these targets in the place of their own. */
    public MultiTaskData targets(List<TargetColumn> columns) {
        return new MultiTaskData(inputs, DataRules.check(inputs, columns), groups, origin);
    }

    /**
     * These rows, said to belong together where they share a key.
     *
     * @param keys [rows]
     */
    public MultiTaskData group(String name, List<String> keys) {
        return group(Groups.of(name, keys));
    }

    MultiTaskData group(Groups column) {
        DataRules.sameRows("Group column", column.name(), column.rows(), inputs().get(0), rows);
        Map<String, Groups> more = new LinkedHashMap<>(groups);
        more.put(column.name(), column);
        return new MultiTaskData(inputs, targets, more, origin);
    }

    /** These rows with another origin. */
    public MultiTaskData origin(Origin from) {
        return new MultiTaskData(inputs, targets, groups, from);
    }

    /**
     * The rows of {@code a}, then those of {@code b}: one table of several sources. A target that one of them lacks is
     * unlabelled there.
     *
     * @throws IllegalArgumentException if their inputs differ, naming the features that do
     */
    public static MultiTaskData stack(MultiTaskData a, MultiTaskData b) {
        return Stacking.stack(a, b);
    }

    /**
     * These rows with the targets of {@code other} beside their own.
     *
     * @throws IllegalArgumentException if the inputs differ in a name or a value, or a target stands in both
     */
    public MultiTaskData join(MultiTaskData other) {
        return Stacking.join(this, other);
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /** The names of the inputs. */
    public List<String> inputs() {
        return List.copyOf(inputs.keySet());
    }

    /** The names of the targets. */
    public List<String> targets() {
        return List.copyOf(targets.keySet());
    }

    /** The names of the group columns. */
    public List<String> groups() {
        return List.copyOf(groups.keySet());
    }

    /** Where the rows come from. */
    public Origin origin() {
        return origin;
    }

    /** One input, by name. */
    public Input input(String name) {
        return named("input", name, inputs);
    }

    /** One target's column, by name. */
    public TargetColumn target(String name) {
        return named("target", name, targets);
    }

    /** One group column, by name. */
    public Groups group(String name) {
        return named("group column", name, groups);
    }

    private static <V> V named(String kind, String name, Map<String, V> values) {
        V value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("No %s '%s'.\n%sThere %s."
                    .formatted(
                            kind, name, Nearest.suggestion(name, values.keySet()), DataRules.listed(values.keySet())));
        }
        return value;
    }

    /** Some rows only, in that order. */
    public MultiTaskData select(int... chosen) {
        if (chosen.length == 0) {
            throw new IllegalArgumentException("A selection of 0 rows: data need at least one.\nSelect some rows.");
        }
        Map<String, Input> in = new LinkedHashMap<>();
        inputs.forEach((name, input) -> in.put(name, input.select(chosen)));
        Map<String, TargetColumn> out = new LinkedHashMap<>();
        targets.forEach((name, target) -> out.put(name, target.select(chosen)));
        Map<String, Groups> together = new LinkedHashMap<>();
        groups.forEach((name, column) -> together.put(name, column.select(chosen)));
        return new MultiTaskData(in, out, together, origin);
    }

    /** These rows with other columns under the same names; nothing is checked. */
    MultiTaskData replace(Map<String, Input> in, Map<String, TargetColumn> out) {
        Map<String, Input> newInputs = new LinkedHashMap<>(inputs);
        newInputs.putAll(in);
        Map<String, TargetColumn> newTargets = new LinkedHashMap<>(targets);
        newTargets.putAll(out);
        return new MultiTaskData(newInputs, newTargets, groups, origin);
    }

    /**
     * These rows in three parts, drawn at random by {@link Split#DEFAULT_SEED} until {@link Split#seed} names another.
     *
     * @param train share of the rows; the three are positive and sum to 1
     */
    public Split split(double train, double validation, double test) {
        return Split.fractions(this, train, validation, test);
    }

    /**
     * Checks that every target is a column here, of its own kind.
     *
     * @return this
     */
    public MultiTaskData requireTargets(List<? extends Target<?>> wanted) {
        Requirements.columns(this, wanted);
        return this;
    }

    @Override
    public String toString() {
        return DataTable.of(this).toString();
    }

    @Override
    public String toHtml() {
        return DataTable.of(this).toHtml();
    }
}
