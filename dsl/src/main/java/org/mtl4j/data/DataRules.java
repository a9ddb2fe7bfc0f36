package org.mtl4j.data;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mtl4j.tensor.Shape;

/** What must hold of columns before they are data. */
final class DataRules {

    private DataRules() {}

    /** Checks inputs and targets; answers the targets by name. */
    static Map<String, TargetColumn> check(Map<String, Input> inputs, List<TargetColumn> targets) {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("Data without an input: there is nothing to predict from.\n"
                    + "Give at least one, such as Map.of(\"features\", Input.Dense.of(names, values)).");
        }
        String first = inputs.keySet().iterator().next();
        int rows = inputs.values().iterator().next().rows();
        if (rows == 0) {
            throw new IllegalArgumentException(
                    "Input '%s' has 0 rows: data need at least one.\nCheck what was read or selected."
                            .formatted(first));
        }
        inputs.forEach((name, input) -> sameRows("Input", name, input.rows(), first, rows));
        inputs.forEach(DataRules::finite);
        Map<String, TargetColumn> byName = new LinkedHashMap<>();
        for (TargetColumn target : targets) {
            sameRows("Target", target.name(), target.rows(), first, rows);
            checkValues(target);
            if (byName.put(target.name(), target) != null) {
                throw new IllegalArgumentException(
                        "Two targets are named '%s': names tell tasks apart.\nRename one.".formatted(target.name()));
            }
        }
        return byName;
    }

    static void sameRows(String kind, String name, int rows, String first, int expected) {
        if (rows != expected) {
            throw new IllegalArgumentException(
                    "%s '%s' has %s rows but input '%s' has %s: each row needs a place in every column.\nGive a missing label as null, -1 or NaN."
                            .formatted(kind, name, count(rows), first, count(expected)));
        }
    }

    private static void finite(String name, Input input) {
        List<String> columns = new InputForm(name, input.shape(), input.features()).columns();
        for (int r = 0; r < input.rows(); r++) {
            for (int c = 0; c < input.width(); c++) {
                if (!Float.isFinite(input.get(r, c))) {
                    throw new IllegalArgumentException(
                            "Input '%s': row %d, column '%s' holds %s, which is not a finite number.\nDrop the row, or fill the cell in (with the column's mean, say) before making the data."
                                    .formatted(name, r, columns.get(c), input.get(r, c)));
                }
            }
            if (input instanceof ShapedInput shaped) {
                shaped(name, shaped, r);
            }
        }
    }

    private static void shaped(String name, ShapedInput input, int row) {
        int length = input.length(row);
        if (length < 1) {
            throw new IllegalArgumentException(
                    "Input '%s': row %d is empty: a sequence or graph has at least one place.\nDrop the row, or give it one."
                            .formatted(name, row));
        }
        if (input.shape() instanceof Shape.Tokens tokens) {
            for (int p = 0; p < length; p++) {
                float id = input.get(row, 1 + p);
                if (id < 0 || id >= tokens.vocabulary() || id != Math.rint(id)) {
                    throw new IllegalArgumentException(
                            "Input '%s': row %d holds word number %s at place %d, but the vocabulary has numbers 0 to %d.\nGive a larger vocabulary, or stand-ins for rare words."
                                    .formatted(name, row, (long) id, p, tokens.vocabulary() - 1));
                }
            }
        }
    }

    private static void checkValues(TargetColumn target) {
        if (target instanceof TargetColumn.Classes classes) {
            checkClasses(classes);
        } else if (target instanceof TargetColumn.Marks marks) {
            checkMarks(marks);
        } else if (target instanceof TargetColumn.Reals reals) {
            checkReals(reals);
        }
    }

    private static void checkMarks(TargetColumn.Marks target) {
        for (int l = 0; l < target.width(); l++) {
            String label = target.labels().get(l);
            if (target.labels().indexOf(label) != l || label.isBlank() || label.contains(",")) {
                throw new IllegalArgumentException(
                        "Target '%s': the label '%s' is blank, stands twice or has a comma, which parts labels in Tribuo.\nGive every label a name of its own."
                                .formatted(target.name(), label));
            }
            for (int r = 0; r < target.rows(); r++) {
                float value = target.get(r, l);
                if (!Float.isNaN(value) && value != 0 && value != 1) {
                    throw new IllegalArgumentException(
                            "Target '%s': row %d, label '%s' holds %s: a label holds (1), does not (0), or is unknown (NaN).\nCorrect it, or declare a regression task."
                                    .formatted(target.name(), r, label, value));
                }
            }
        }
    }

    private static void checkClasses(TargetColumn.Classes target) {
        int classes = target.classes().size();
        for (int r = 0; r < target.rows(); r++) {
            int index = target.index(r);
            if (index < -1 || index >= classes) {
                throw new IllegalArgumentException(
                        "Target '%s': row %d holds class index %d, but there are %d classes (0 to %d; -1 for no label).\nName every class, or correct the index."
                                .formatted(target.name(), r, index, classes, classes - 1));
            }
        }
    }

    private static void checkReals(TargetColumn.Reals target) {
        for (int r = 0; r < target.rows(); r++) {
            for (int d = 0; d < target.width(); d++) {
                float value = target.get(r, d);
                String dimension = target.dimensions().get(d);
                if (Float.isInfinite(value)) {
                    throw new IllegalArgumentException(
                            "Target '%s': row %d, dimension '%s' holds %s, which is not a finite number.\nCorrect it, or give NaN for 'no label'."
                                    .formatted(target.name(), r, dimension, value));
                }
                if (Float.isNaN(value) == target.isLabelled(r)) {
                    throw new IllegalArgumentException(
                            "Target '%s': row %d has numbers in some dimensions and NaN in others (%s, dimension '%s'): a row carries the whole label or none.\nFill it in, or make every dimension a task of its own."
                                    .formatted(target.name(), r, value, dimension));
                }
            }
        }
    }

    /** A count with its thousands apart: {@code 8,645}. */
    static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** {@code are a, b}, {@code is a} or {@code are none}. */
    static String listed(Collection<String> names) {
        if (names.isEmpty()) {
            return "are none";
        }
        return (names.size() == 1 ? "is " : "are ") + String.join(", ", names);
    }
}
