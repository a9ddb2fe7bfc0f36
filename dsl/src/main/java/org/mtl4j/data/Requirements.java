package org.mtl4j.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mtl4j.data.TargetColumn.Classes;
import org.mtl4j.data.TargetColumn.Marks;
import org.tribuo.classification.Label;
import org.tribuo.multilabel.MultiLabel;

/** What tasks need of data before a training starts. */
final class Requirements {

    private static final int LISTED_ROWS = 5;

    private Requirements() {}

    /** Each target is a column of its kind. */
    static void columns(MultiTaskData data, List<? extends Target<?>> targets) {
        for (Target<?> target : targets) {
            String name = target.name();
            if (!data.targets().contains(name)) {
                throw new IllegalArgumentException(
                        "Task '%s': the data have no target of this name.\n%sTheir targets %s."
                                .formatted(
                                        name,
                                        Nearest.suggestion(name, data.targets()),
                                        DataRules.listed(data.targets())));
            }
            kind(target, data.target(name));
            if (target.isPlaced() && !target.isSequence()) {
                PlaceTargets.check(data, data.target(name));
            }
        }
    }

    private static void kind(Target<?> target, TargetColumn column) {
        Kind wanted = kind(target);
        Kind found = kind(column);
        if (wanted != found) {
            throw new IllegalArgumentException(
                    "Task '%s': the task predicts %s but column '%s' holds %s (%s).\nDeclare it as a %s task, or give the column as %s."
                            .formatted(
                                    target.name(),
                                    wanted.values,
                                    target.name(),
                                    found.values,
                                    DataTable.values(column),
                                    found.task,
                                    wanted.column));
        }
    }

    /** What a target predicts or a column holds, in the words of the messages. */
    private enum Kind {
        CLASSES("classes", "class", "classes"),
        LABELS("labels", "multi-label", "labels"),
        NUMBERS("real numbers", "regression", "numbers"),
        SEQUENCES("sequences", "sequence()", "SequenceTargets.words(..)"),
        PLACE_CLASSES("a class at each place", "tags() or pixels()", "PlaceTargets.tags(..) or .pixels(..)"),
        PLACE_NUMBERS("numbers at each place", "depth() or normals()", "PlaceTargets.depths(..) or .normals(..)"),
        PAIRS("pairs of inputs", "pairs(..)", "PairTargets.all(..) or .of(..)"),
        BOXES("boxes", "boxes()", "BoxTargets.of(..)");

        private final String values;
        private final String task;
        private final String column;

        Kind(String values, String task, String column) {
            this.values = values;
            this.task = task;
            this.column = column;
        }
    }

    private static Kind kind(Target<?> target) {
        if (target.isSequence()) {
            return Kind.SEQUENCES;
        } else if (target.isOfPairs()) {
            return Kind.PAIRS;
        } else if (target.isOfBoxes()) {
            return Kind.BOXES;
        } else if (target.isPlaced()) {
            return target.outputType() == Label.class ? Kind.PLACE_CLASSES : Kind.PLACE_NUMBERS;
        } else if (target.outputType() == Label.class) {
            return Kind.CLASSES;
        }
        return target.outputType() == MultiLabel.class ? Kind.LABELS : Kind.NUMBERS;
    }

    private static Kind kind(TargetColumn column) {
        if (column instanceof Classes) {
            return Kind.CLASSES;
        } else if (column instanceof PlaceClasses classes) {
            return classes.along() == PlaceClasses.Along.ITSELF ? Kind.SEQUENCES : Kind.PLACE_CLASSES;
        } else if (column instanceof PlaceReals) {
            return Kind.PLACE_NUMBERS;
        } else if (column instanceof Pairs) {
            return Kind.PAIRS;
        } else if (column instanceof Boxes) {
            return Kind.BOXES;
        }
        return column instanceof Marks ? Kind.LABELS : Kind.NUMBERS;
    }

    /** Each target is a column of its kind, has a label to learn from, and is judged on no class that it never saw. */
    static void trainable(Parts parts, List<? extends Target<?>> targets) {
        columns(parts.train(), targets);
        for (Target<?> target : targets) {
            String name = target.name();
            TargetColumn train = parts.train().target(name);
            if (train.labelled() == 0) {
                throw new IllegalArgumentException(
                        "Task '%s': none of the %s training rows carries a label, so there is nothing to learn from.\nLeave the task out, or split so that labelled rows reach the training part."
                                .formatted(name, DataRules.count(train.rows())));
            }
            if (train instanceof Classes classes) {
                seen(classes, "validation", (Classes) parts.validation().target(name));
                seen(classes, "test", (Classes) parts.test().target(name));
            } else if (train instanceof Marks marks) {
                held(marks);
            } else if (train instanceof Boxes boxes) {
                found(boxes, "validation", (Boxes) parts.validation().target(name));
                found(boxes, "test", (Boxes) parts.test().target(name));
            }
        }
    }

    private static void held(Marks train) {
        for (int l = 0; l < train.width(); l++) {
            int label = l;
            if (IntStream.range(0, train.rows()).noneMatch(row -> train.holds(row, label))) {
                throw new IllegalArgumentException(
                        "Task '%s': no training row has the label '%s', so there is nothing to learn it from.\nLeave the label out, or take another seed, or give the training part a larger share."
                                .formatted(train.name(), train.labels().get(l)));
            }
        }
    }

    private static void found(Boxes train, String part, Boxes judged) {
        Set<String> classes = IntStream.range(0, train.rows())
                .mapToObj(train::boxes)
                .flatMap(List::stream)
                .map(Box::label)
                .collect(Collectors.toSet());
        for (int r = 0; r < judged.rows(); r++) {
            for (Box box : judged.boxes(r)) {
                if (!classes.contains(box.label())) {
                    throw new IllegalArgumentException(
                            "Task '%s': the box %s of row %d in the %s part has a class that no box of the training part has.%nLeave out boxes of this class, or take another seed, or give the training part a larger share."
                                    .formatted(train.name(), box, r, part));
                }
            }
        }
    }

    private static void seen(Classes train, String part, Classes judged) {
        boolean[] seen = new boolean[train.classes().size()];
        for (int r = 0; r < train.rows(); r++) {
            if (train.isLabelled(r)) {
                seen[train.index(r)] = true;
            }
        }
        for (int r = 0; r < judged.rows(); r++) {
            if (judged.isLabelled(r) && !seen[judged.index(r)]) {
                String unseen = judged.classes().get(judged.index(r));
                throw new IllegalArgumentException(
                        "Task '%s': class '%s' is in the %s part (%s) but in no training row.\nDrop these rows, or split with .stratified(%s), or take another seed."
                                .formatted(train.name(), unseen, part, rows(judged, judged.index(r)), train.name()));
            }
        }
    }

    /** {@code row 3}, {@code rows 3, 8} or {@code rows 3, 8, 11, 12, 40 and 17 more}. */
    private static String rows(Classes column, int index) {
        List<String> rows = new ArrayList<>();
        for (int r = 0; r < column.rows(); r++) {
            if (column.index(r) == index) {
                rows.add(String.valueOf(r));
            }
        }
        String first = String.join(", ", rows.subList(0, Math.min(LISTED_ROWS, rows.size())));
        String more = rows.size() > LISTED_ROWS ? " and %d more".formatted(rows.size() - LISTED_ROWS) : "";
        return (rows.size() == 1 ? "row " : "rows ") + first + more;
    }
}
