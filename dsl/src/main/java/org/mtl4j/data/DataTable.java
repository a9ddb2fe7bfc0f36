package org.mtl4j.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mtl4j.data.TargetColumn.Classes;
import org.mtl4j.data.TargetColumn.Marks;
import org.mtl4j.data.TargetColumn.Reals;
import org.mtl4j.show.Table;

/** What data print of themselves. */
final class DataTable {

    private static final int LISTED_FEATURES = 8;
    private static final int LISTED_CLASSES = 4;

    private DataTable() {}

    static Table of(MultiTaskData data) {
        String title = data.origin().title().isEmpty() ? "Data" : data.origin().title();
        Table table = Table.titled(title + ": " + DataRules.count(data.rows()) + " rows")
                .columns("target", "kind", "labelled", "share", "values");
        for (String name : data.targets()) {
            TargetColumn target = data.target(name);
            table = table.row(
                    name,
                    kind(target),
                    DataRules.count(target.labelled()),
                    percent(target.labelled(), target.rows()),
                    values(target));
        }
        for (String line : columns(data)) {
            table = table.note(line);
        }
        for (String line : data.origin().lines()) {
            table = table.note(line);
        }
        return table;
    }

    /** A line per input and per group column. */
    static List<String> columns(MultiTaskData data) {
        List<String> notes = new ArrayList<>();
        for (String name : data.inputs()) {
            Input input = data.input(name);
            if (!(input instanceof Input.Dense)) {
                notes.add("Input %s: %s".formatted(name, input.shape()));
                continue;
            }
            List<String> features = input.features();
            List<String> first = features.subList(0, Math.min(LISTED_FEATURES, features.size()));
            notes.add("Input %s: %s: %s%s"
                    .formatted(
                            name,
                            plural(features.size(), "column"),
                            String.join(", ", first),
                            first.size() < features.size() ? ", ..." : ""));
        }
        for (String name : data.groups()) {
            notes.add("Group column %s: %s"
                    .formatted(name, plural(data.group(name).keys().size(), "group")));
        }
        return notes;
    }

    /** {@code 10 classes}, {@code 5 labels}, {@code real} or {@code 3 reals}. */
    static String kind(TargetColumn target) {
        if (target instanceof Classes classes) {
            return classes.classes().size() + " classes";
        }
        if (target instanceof Marks marks) {
            return marks.width() + (marks.width() == 1 ? " label" : " labels");
        }
        if (target instanceof PlaceClasses classes && classes.along() == PlaceClasses.Along.ITSELF) {
            return "sequences of up to %d of %d words"
                    .formatted(classes.places() - 1, classes.classes().size() - 1);
        }
        if (target instanceof PlaceClasses classes) {
            return "%d classes at up to %d places".formatted(classes.classes().size(), classes.places());
        }
        if (target instanceof PlaceReals reals) {
            return "%s at up to %d places"
                    .formatted(
                            reals.dimensions().size() == 1
                                    ? "a real"
                                    : reals.dimensions().size() + " reals",
                            reals.places());
        }
        if (target instanceof Pairs) {
            return "pairs";
        }
        if (target instanceof Boxes boxes) {
            return "boxes of " + boxes.classes().size() + (boxes.classes().size() == 1 ? " class" : " classes");
        }
        return target.width() == 1 ? "real" : target.width() + " reals";
    }

    /** Class or label balance (of many, the rarest and the commonest), or mean and standard deviation per dimension. */
    static String values(TargetColumn target) {
        if (target.labelled() == 0) {
            return "no label";
        }
        if (target instanceof Classes classes) {
            return balance(classes);
        }
        if (target instanceof Marks marks) {
            return balance(marks);
        }
        if (target instanceof Pairs) {
            return plural(target.labelled(), "pair");
        }
        if (target instanceof Boxes boxes) {
            return balance(boxes);
        }
        return target instanceof Reals reals ? spread(reals) : placed(target);
    }

    /** Class balance over the places, or how many places are labelled. */
    private static String placed(TargetColumn target) {
        int labelled = 0;
        int[] counts =
                new int[target instanceof PlaceClasses all ? all.classes().size() : 0];
        for (int r = 0; r < target.rows(); r++) {
            for (int p = 0; p < target.places(); p++) {
                boolean has = target.isLabelled(r, p);
                labelled += has ? 1 : 0;
                if (has && counts.length > 0) {
                    counts[(int) target.get(r, p)]++;
                }
            }
        }
        if (!(target instanceof PlaceClasses classes)) {
            return DataRules.count(labelled) + " places";
        }
        int[] of = new int[counts.length];
        Arrays.fill(of, labelled);
        return balance(classes.classes(), counts, of);
    }

    private static String balance(Classes target) {
        int[] counts = new int[target.classes().size()];
        for (int r = 0; r < target.rows(); r++) {
            if (target.isLabelled(r)) {
                counts[target.index(r)]++;
            }
        }
        int[] of = new int[counts.length];
        Arrays.fill(of, target.labelled());
        return balance(target.classes(), counts, of);
    }

    /** The share of each class among the boxes. */
    private static String balance(Boxes target) {
        int[] counts = new int[target.classes().size()];
        int all = 0;
        for (int r = 0; r < target.rows(); r++) {
            for (int b = 0; b < target.count(r); b++, all++) {
                counts[(int) target.get(r, b * Boxes.NUMBERS)]++;
            }
        }
        int[] of = new int[counts.length];
        Arrays.fill(of, all);
        return "%s boxes: %s".formatted(DataRules.count(all), balance(target.classes(), counts, of));
    }

    /** Of each label, the share of the rows that are known to have it among those of which it is known. */
    private static String balance(Marks target) {
        int[] counts = new int[target.width()];
        int[] known = new int[target.width()];
        for (int r = 0; r < target.rows(); r++) {
            for (int l = 0; l < counts.length; l++) {
                counts[l] += target.holds(r, l) ? 1 : 0;
                known[l] += target.isKnown(r, l) ? 1 : 0;
            }
        }
        return balance(target.labels(), counts, known);
    }

    private static String balance(List<String> names, int[] counts, int[] of) {
        if (counts.length > LISTED_CLASSES) {
            int least = 0;
            int most = 0;
            for (int k = 1; k < counts.length; k++) {
                least = (long) counts[k] * of[least] < (long) counts[least] * of[k] ? k : least;
                most = (long) counts[k] * of[most] > (long) counts[most] * of[k] ? k : most;
            }
            return "from %s (%s) to %s (%s)"
                    .formatted(
                            percent(counts[least], of[least]),
                            names.get(least),
                            percent(counts[most], of[most]),
                            names.get(most));
        }
        List<String> shares = new ArrayList<>();
        for (int k = 0; k < counts.length; k++) {
            shares.add(names.get(k) + " " + percent(counts[k], of[k]));
        }
        return String.join(", ", shares);
    }

    private static String spread(Reals target) {
        double[][] moments = Standardisation.moments(target);
        List<String> spreads = new ArrayList<>();
        for (int d = 0; d < target.width(); d++) {
            String name = target.width() == 1 ? "" : target.dimensions().get(d) + " ";
            spreads.add(name + Table.number(moments[0][d]) + " \u00b1 " + Table.number(moments[1][d]));
        }
        return String.join(", ", spreads);
    }

    private static String plural(int n, String noun) {
        return DataRules.count(n) + " " + noun + (n == 1 ? "" : "s");
    }

    static String percent(int part, int whole) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / Math.max(1, whole));
    }
}
