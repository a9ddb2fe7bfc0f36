package org.mtl4j.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.mtl4j.data.TargetColumn.Classes;
import org.mtl4j.data.TargetColumn.Marks;
import org.mtl4j.data.TargetColumn.Reals;

/** Puts data sets below one another, or side by side. */
final class Stacking {

    private static final int LISTED = 5;

    private Stacking() {}

    static MultiTaskData stack(MultiTaskData a, MultiTaskData b) {
        sameInputs("stack", a, b);
        Map<String, Input> inputs = new LinkedHashMap<>();
        for (String name : a.inputs()) {
            inputs.put(name, below(a.input(name), b.input(name)));
        }
        Set<String> names = new LinkedHashSet<>(a.targets());
        names.addAll(b.targets());
        List<TargetColumn> targets = new ArrayList<>();
        for (String name : names) {
            TargetColumn above = a.targets().contains(name) ? a.target(name) : unlabelled(b.target(name), a.rows());
            TargetColumn below = b.targets().contains(name) ? b.target(name) : unlabelled(a.target(name), b.rows());
            targets.add(below(above, below));
        }
        MultiTaskData stacked =
                MultiTaskData.of(inputs, targets).origin(a.origin().and(b.origin()));
        for (String group : a.groups()) {
            if (b.groups().contains(group)) {
                stacked = stacked.group(a.group(group).followedBy(b.group(group)));
            }
        }
        return stacked;
    }

    static MultiTaskData join(MultiTaskData a, MultiTaskData b) {
        sameInputs("join", a, b);
        if (a.rows() != b.rows()) {
            throw new IllegalArgumentException(
                    "Cannot join %s rows with %s: a join puts the targets of the same rows side by side.\nStack different rows with MultiTaskData.stack(a, b)."
                            .formatted(DataRules.count(a.rows()), DataRules.count(b.rows())));
        }
        for (String name : a.inputs()) {
            sameValues(name, a.input(name), b.input(name));
        }
        MultiTaskData joined = a;
        for (String name : b.targets()) {
            joined = joined.with(b.target(name));
        }
        for (String group : b.groups()) {
            joined = joined.group(b.group(group));
        }
        return joined.origin(a.origin().and(b.origin()));
    }

    /** Checks that both have the same inputs with the same features in the same order. */
    static void sameInputs(String verb, MultiTaskData a, MultiTaskData b) {
        if (!a.inputs().equals(b.inputs())) {
            throw new IllegalArgumentException(
                    "Cannot %s data with inputs %s and data with inputs %s.\nGive both the same inputs."
                            .formatted(verb, a.inputs(), b.inputs()));
        }
        for (String name : a.inputs()) {
            List<String> here = a.input(name).features();
            List<String> there = b.input(name).features();
            if (!here.equals(there)) {
                throw new IllegalArgumentException(
                        "Cannot %s: the features of input '%s' differ.\n%sGive both the same features in the same order."
                                .formatted(verb, name, difference(here, there)));
            }
            if (!a.input(name).shape().equals(b.input(name).shape())) {
                throw new IllegalArgumentException(
                        "Cannot %s: input '%s' is %s in one and %s in the other.%nGive both the same shape; pad shorter sequences before."
                                .formatted(
                                        verb,
                                        name,
                                        a.input(name).shape(),
                                        b.input(name).shape()));
            }
        }
    }

    private static String difference(List<String> here, List<String> there) {
        String only = only("first", here, there) + only("second", there, here);
        return only.isEmpty() ? "They stand in another order. " : only;
    }

    private static String only(String side, List<String> these, List<String> those) {
        List<String> only =
                these.stream().filter(feature -> !those.contains(feature)).toList();
        if (only.isEmpty()) {
            return "";
        }
        String more = only.size() > LISTED ? " and %d more".formatted(only.size() - LISTED) : "";
        List<String> listed = only.subList(0, Math.min(LISTED, only.size()));
        return "Only the %s has %s%s. ".formatted(side, String.join(", ", listed), more);
    }

    private static void sameValues(String name, Input a, Input b) {
        List<String> columns = new InputForm(name, a.shape(), a.features()).columns();
        for (int r = 0; r < a.rows(); r++) {
            for (int c = 0; c < a.width(); c++) {
                if (a.get(r, c) != b.get(r, c)) {
                    throw new IllegalArgumentException(
                            "Cannot join: row %d, column '%s' of input '%s' is %s in one and %s in the other.\nA join needs the same rows in the same order; stack different rows with MultiTaskData.stack(a, b)."
                                    .formatted(r, columns.get(c), name, a.get(r, c), b.get(r, c)));
                }
            }
        }
    }

    private static Input below(Input a, Input b) {
        float[] values = new float[(a.rows() + b.rows()) * a.width()];
        for (int r = 0; r < a.rows(); r++) {
            a.copyRow(r, values, r * a.width());
        }
        for (int r = 0; r < b.rows(); r++) {
            b.copyRow(r, values, (a.rows() + r) * a.width());
        }
        return a.with(values);
    }

    private static TargetColumn unlabelled(TargetColumn like, int rows) {
        if (like instanceof Classes classes) {
            int[] none = new int[rows];
            Arrays.fill(none, -1);
            return Classes.of(like.name(), classes.classes(), none);
        }
        if (like instanceof Boxes boxes) {
            return boxes.unlabelled(rows);
        }
        if (like instanceof Pairs) {
            return Pairs.of(like.name(), rows, new BitSet());
        }
        float[] none = new float[rows * like.width()];
        Arrays.fill(none, Float.NaN);
        if (like instanceof Marks marks) {
            return Marks.of(like.name(), marks.labels(), none);
        }
        if (like instanceof PlaceClasses classes) {
            return classes.with(none);
        }
        return like instanceof PlaceReals reals
                ? reals.with(none)
                : Reals.of(like.name(), ((Reals) like).dimensions(), none);
    }

    private static TargetColumn below(TargetColumn a, TargetColumn b) {
        if (a instanceof Classes above && b instanceof Classes under) {
            List<String> classes = union(above, under);
            Classes one = renumber(above, classes);
            Classes two = renumber(under, classes);
            int[] all = new int[one.rows() + two.rows()];
            for (int r = 0; r < all.length; r++) {
                all[r] = r < one.rows() ? one.index(r) : two.index(r - one.rows());
            }
            return Classes.of(a.name(), classes, all);
        }
        if (a instanceof Marks above && b instanceof Marks under) {
            List<String> labels = union(above, under);
            return Marks.of(a.name(), labels, numbers(renumber(above, labels), renumber(under, labels)));
        }
        if (a instanceof Reals above
                && b instanceof Reals under
                && above.dimensions().equals(under.dimensions())) {
            return Reals.of(a.name(), above.dimensions(), numbers(a, b));
        }
        if (a instanceof PlaceClasses above
                && b instanceof PlaceClasses under
                && above.along() == under.along()
                && above.classes().equals(under.classes())) {
            if (above.along() == PlaceClasses.Along.ITSELF) {
                int places = Math.max(above.places(), under.places());
                PlaceClasses longer = above.fit(places);
                return longer.with(numbers(longer, under.fit(places)));
            } else if (above.places() == under.places()) {
                return above.with(numbers(a, b));
            }
        }
        if (a instanceof PlaceReals above
                && b instanceof PlaceReals under
                && above.places() == under.places()
                && above.dimensions().equals(under.dimensions())) {
            return above.with(numbers(a, b));
        }
        if (a instanceof Pairs above && b instanceof Pairs under) {
            return above.followedBy(under);
        }
        if (a instanceof Boxes above && b instanceof Boxes under) {
            return above.followedBy(under);
        }
        throw new IllegalArgumentException(
                "Cannot stack target '%s': it holds %s in one and %s in the other.\nRename one of them."
                        .formatted(a.name(), DataTable.kind(a), DataTable.kind(b)));
    }

    /** The numbers of both, [rows of a and b, width]. */
    private static float[] numbers(TargetColumn a, TargetColumn b) {
        float[] all = new float[(a.rows() + b.rows()) * a.width()];
        for (int i = 0; i < all.length; i++) {
            int row = i / a.width();
            all[i] = row < a.rows() ? a.get(row, i % a.width()) : b.get(row - a.rows(), i % a.width());
        }
        return all;
    }

    /** The labels of both: those of the first if it has them all, else all in sorted order. */
    static List<String> union(Marks a, Marks b) {
        return union(a.labels(), b.labels());
    }

    /** The same marks with their labels in this order; one that the column does not have is unknown. */
    static Marks renumber(Marks column, List<String> labels) {
        if (column.labels().equals(labels)) {
            return column;
        }
        float[] values = new float[column.rows() * labels.size()];
        for (int i = 0; i < values.length; i++) {
            int from = column.labels().indexOf(labels.get(i % labels.size()));
            values[i] = from < 0 ? Float.NaN : column.get(i / labels.size(), from);
        }
        return Marks.of(column.name(), labels, values);
    }

    /** The classes of both: those of the first if it has them all, else all in sorted order. */
    static List<String> union(Classes a, Classes b) {
        return union(a.classes(), b.classes());
    }

    static List<String> union(List<String> a, List<String> b) {
        if (a.containsAll(b)) {
            return a;
        }
        return Columns.sorted(Stream.concat(a.stream(), b.stream()).distinct().toList());
    }

    /** The same labels with their classes numbered in this order. */
    static Classes renumber(Classes column, List<String> classes) {
        if (column.classes().equals(classes)) {
            return column;
        }
        int[] indices = new int[column.rows()];
        for (int r = 0; r < indices.length; r++) {
            indices[r] = column.isLabelled(r) ? classes.indexOf(column.classes().get(column.index(r))) : -1;
        }
        return Classes.of(column.name(), classes, indices);
    }
}
