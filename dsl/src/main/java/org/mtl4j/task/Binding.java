package org.mtl4j.task;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.mtl4j.data.Boxes;
import org.mtl4j.data.InputForm;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.PlaceClasses;
import org.mtl4j.data.PlaceReals;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.layer.Decoder;
import org.mtl4j.tensor.Shape;

/** Binds a task to its column: what does not fit is an error that says so before anything is trained. */
final class Binding {

    private Binding() {}

    /** The task with the outputs and names that its column gives it. */
    static Objective column(Task<?> task, MultiTaskData data) {
        TargetColumn column = data.target(task.name());
        if (task.kind() instanceof Task.Kind.Pairs pairs) {
            return pairs(task, pairs, data);
        } else if (column instanceof Boxes boxes && task.kind() instanceof Task.Kind.Boxes kind) {
            return boxes(task, kind, boxes, data);
        } else if (task.kind() instanceof Task.Kind.Regression) {
            TargetColumn.Reals reals = reals(task, column);
            return new Objective(task, reals.width(), reals.dimensions());
        } else if (task.kind() instanceof Task.Kind.Quantiles quantiles) {
            one(task, reals(task, column));
            List<String> names =
                    quantiles.levels().stream().map(level -> "q" + level).toList();
            return new Objective(task, names.size(), names);
        } else if (task.kind() instanceof Task.Kind.Ranking ranking) {
            return ranking(task, ranking, reals(task, column), data);
        } else if (task.kind() instanceof Task.Kind.MultiLabel) {
            return labels(task, column);
        }
        if (column instanceof PlaceClasses words && task.kind() instanceof Task.Kind.Sequence sequence) {
            alphas(task, words.classes().size(), words.classes());
            int longest = sequence.decoder().longest();
            int places = longest == Decoder.AS_DATA ? words.places() : longest + 1;
            return new Objective(task, words.classes().size(), words.classes(), places);
        }
        if (column instanceof PlaceClasses classes && KindRules.isOfPlaceClasses(task.kind())) {
            alphas(task, classes.classes().size(), classes.classes());
            return new Objective(task, classes.classes().size(), classes.classes());
        } else if (column instanceof PlaceReals reals && task.kind().isPlaced()) {
            return places(task, reals);
        }
        if (!(column instanceof TargetColumn.Classes classes)) {
            throw new IllegalArgumentException(
                    "Task '%s': it predicts classes, but column '%s' holds numbers.%nDeclare task(\"%s\").regression(), or read the column as classes."
                            .formatted(task.name(), task.name(), task.name()));
        }
        if (task.kind() instanceof Task.Kind.Ordinal ordinal) {
            return ordinal(task, ordinal, classes);
        }
        return task.kind() instanceof Task.Kind.Binary binary
                ? binary(task, binary, classes)
                : classes(task, (Task.Kind.Classes) task.kind(), classes);
    }

    private static Objective pairs(Task<?> task, Task.Kind.Pairs pairs, MultiTaskData data) {
        List<String> both = List.of(pairs.first(), pairs.second());
        for (String input : both) {
            if (!data.inputs().contains(input)) {
                throw new IllegalArgumentException(
                        "Task '%s': it compares input '%s', which the data do not have.%nName two of their inputs: %s."
                                .formatted(task.name(), input, String.join(", ", data.inputs())));
            }
        }
        return new Objective(task, 2 * pairs.width(), both);
    }

    private static Objective boxes(Task<?> task, Task.Kind.Boxes kind, Boxes column, MultiTaskData data) {
        List<String> classes = kind.classes().isEmpty() ? column.classes() : kind.classes();
        for (String found : column.classes()) {
            if (!classes.contains(found)) {
                throw new IllegalArgumentException(
                        "Task '%s': column '%s' has boxes of class '%s', but the task names %s.%nName it too, or declare task(\"%s\").boxes() for the classes of the data."
                                .formatted(task.name(), task.name(), found, String.join(", ", classes), task.name()));
            }
        }
        images(task, column.image(), data);
        return new Objective(task, classes.size() + Task.Kind.Boxes.BESIDE_CLASSES, classes, column.most());
    }

    /** All images of the data have the size of those that the boxes lie in. */
    private static void images(Task<?> task, Shape.Image wanted, MultiTaskData data) {
        List<InputForm> images = InputForm.of(data).stream()
                .filter(input -> input.shape() instanceof Shape.Image)
                .toList();
        boolean fit = images.stream()
                .map(input -> (Shape.Image) input.shape())
                .allMatch(image -> image.height() == wanted.height() && image.width() == wanted.width());
        if (images.isEmpty() || !fit) {
            throw new IllegalArgumentException(
                    "Task '%s': its boxes lie in images of %d x %d pixels (height x width), but the data have %s.%nGive the input that the boxes were made for, and images of one size only."
                            .formatted(
                                    task.name(),
                                    wanted.height(),
                                    wanted.width(),
                                    images.isEmpty()
                                            ? "no images"
                                            : images.stream()
                                                    .map(input -> "'%s' of %s".formatted(input.name(), input.shape()))
                                                    .collect(Collectors.joining(", "))));
        }
    }

    private static Objective places(Task<?> task, PlaceReals column) {
        int wanted = task.kind() instanceof Task.Kind.Normals ? 3 : 1;
        if (column.dimensions().size() != wanted) {
            throw new IllegalArgumentException(
                    "Task '%s': %s takes %d numbers a place, but column '%s' has %d.%nGive it %s."
                            .formatted(
                                    task.name(),
                                    KindRules.words(task.kind()),
                                    wanted,
                                    task.name(),
                                    column.dimensions().size(),
                                    wanted == 1 ? "with PlaceTargets.depths(..)" : "with PlaceTargets.normals(..)"));
        }
        return new Objective(task, wanted, column.dimensions());
    }

    private static TargetColumn.Reals reals(Task<?> task, TargetColumn column) {
        if (!(column instanceof TargetColumn.Reals reals)) {
            throw new IllegalArgumentException(
                    "Task '%s': it predicts numbers, but column '%s' holds classes.%nDeclare task(\"%s\").classes(), or read the column as numbers."
                            .formatted(task.name(), task.name(), task.name()));
        }
        return reals;
    }

    private static void one(Task<?> task, TargetColumn.Reals column) {
        if (column.width() != 1) {
            throw new IllegalArgumentException(
                    "Task '%s': %s takes one number a row, but column '%s' has %d: %s.%nGive each number a column and a task of its own."
                            .formatted(
                                    task.name(),
                                    KindRules.words(task.kind()),
                                    task.name(),
                                    column.width(),
                                    column.dimensions()));
        }
    }

    private static Objective ranking(
            Task<?> task, Task.Kind.Ranking ranking, TargetColumn.Reals column, MultiTaskData data) {
        one(task, column);
        if (!ranking.group().isEmpty() && !data.groups().contains(ranking.group())) {
            throw new IllegalArgumentException(
                    "Task '%s': the data have no group column '%s'.%nGive it with data.group(\"%s\", keys); there %s."
                            .formatted(
                                    task.name(),
                                    ranking.group(),
                                    ranking.group(),
                                    data.groups().isEmpty() ? "is none" : "are " + data.groups()));
        }
        return new Objective(task, 1, column.dimensions());
    }

    private static Objective labels(Task<?> task, TargetColumn column) {
        if (!(column instanceof TargetColumn.Marks marks)) {
            throw new IllegalArgumentException(
                    "Task '%s': it predicts labels, but column '%s' holds %s.%nGive the column as labels, or declare a task of its kind."
                            .formatted(
                                    task.name(),
                                    task.name(),
                                    column instanceof TargetColumn.Classes ? "classes" : "numbers"));
        }
        if (task.loss() instanceof Loss.MultiLabelCrossEntropy loss
                && !loss.positiveWeights().isEmpty()
                && loss.positiveWeights().size() != marks.width()) {
            throw new IllegalArgumentException(
                    "Task '%s': %d positive weights for %d labels.%nGive one weight per label, in the order %s."
                            .formatted(task.name(), loss.positiveWeights().size(), marks.width(), marks.labels()));
        }
        if (task.loss() instanceof Loss.Own) {
            complete(task, marks);
        }
        alphas(task, 1, marks.labels());
        return new Objective(task, marks.width(), marks.labels());
    }

    /** A loss of the user's own has no word for a label that is unknown. */
    private static void complete(Task<?> task, TargetColumn.Marks marks) {
        for (int r = 0; r < marks.rows(); r++) {
            if (marks.isLabelled(r) && !marks.isComplete(r)) {
                throw new IllegalArgumentException(
                        "Task '%s': %s takes rows of which all labels are known, but row %d has unknown ones.%nLeave such rows unlabelled, or take multiLabelCrossEntropy(), which leaves unknown labels out."
                                .formatted(task.name(), task.loss(), r));
            }
        }
    }

    private static Objective binary(Task<?> task, Task.Kind.Binary binary, TargetColumn.Classes column) {
        atLeastTwo(task, column);
        if (column.classes().size() != 2) {
            throw new IllegalArgumentException(
                    "Task '%s': it is binary, but column '%s' holds %d classes: %s.%nDeclare task(\"%s\").classes()."
                            .formatted(
                                    task.name(), task.name(), column.classes().size(), column.classes(), task.name()));
        }
        if (!binary.positive().isEmpty() && !column.classes().contains(binary.positive())) {
            throw new IllegalArgumentException(
                    "Task '%s': the positive class '%s' is not in column '%s'.%nName one of %s."
                            .formatted(task.name(), binary.positive(), task.name(), column.classes()));
        }
        alphas(task, 1, column.classes());
        return new Objective(task, 1, column.classes());
    }

    /** A focal loss has as many factors as it needs. */
    private static void alphas(Task<?> task, int needed, List<String> classes) {
        if (task.loss() instanceof Focal focal
                && !focal.alphas().isEmpty()
                && focal.alphas().size() != needed) {
            throw new IllegalArgumentException("Task '%s': %s has %d factors, but %s takes %d.%nGive %s."
                    .formatted(
                            task.name(),
                            focal,
                            focal.alphas().size(),
                            KindRules.words(task.kind()),
                            needed,
                            needed == 1
                                    ? "that of the positive class: alpha(0.25)"
                                    : "one factor per class, in the order " + classes));
        }
    }

    private static Objective ordinal(Task<?> task, Task.Kind.Ordinal ordinal, TargetColumn.Classes column) {
        atLeastTwo(task, column);
        List<String> order = ordinal.order().isEmpty() ? byNumber(task, column.classes()) : ordinal.order();
        for (String found : column.classes()) {
            if (!order.contains(found)) {
                throw new IllegalArgumentException(
                        "Task '%s': column '%s' holds class '%s', which the order %s lacks.%nName it in its place, or drop the rows with it."
                                .formatted(task.name(), task.name(), found, order));
            }
        }
        if (task.loss() instanceof Coral coral
                && !coral.importance().isEmpty()
                && coral.importance().size() != order.size() - 1) {
            throw new IllegalArgumentException(
                    "Task '%s': %d factors of importance for the %d steps between %s.%nGive one factor per step."
                            .formatted(task.name(), coral.importance().size(), order.size() - 1, order));
        }
        return new Objective(task, 1, order);
    }

    private static List<String> byNumber(Task<?> task, List<String> classes) {
        try {
            return classes.stream()
                    .sorted(Comparator.comparingDouble(Double::parseDouble))
                    .toList();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Task '%s': the classes %s are not all numbers, so their order is not known.%nName them from the least to the greatest: task(\"%s\").ordinal(%s)."
                            .formatted(task.name(), classes, task.name(), KindRules.quoted(classes)),
                    e);
        }
    }

    private static Objective classes(Task<?> task, Task.Kind.Classes kind, TargetColumn.Classes column) {
        int found = column.classes().size();
        if (kind.classes() != 0 && kind.classes() < found) {
            throw new IllegalArgumentException(
                    "Task '%s': the head has %d outputs but column '%s' holds class %s.%nDeclare task(\"%s\").classes(%d), or drop the rows with it."
                            .formatted(
                                    task.name(),
                                    kind.classes(),
                                    task.name(),
                                    column.classes().get(kind.classes()),
                                    task.name(),
                                    found));
        }
        atLeastTwo(task, column);
        if (task.loss() instanceof Loss.CrossEntropy loss
                && !loss.classWeights().isEmpty()
                && loss.classWeights().size() != Math.max(found, kind.classes())) {
            throw new IllegalArgumentException(
                    "Task '%s': %d class weights for %d classes.%nGive one weight per class, in the order %s."
                            .formatted(task.name(), loss.classWeights().size(), found, column.classes()));
        }
        alphas(task, Math.max(found, kind.classes()), column.classes());
        return new Objective(task, Math.max(found, kind.classes()), column.classes());
    }

    private static void atLeastTwo(Task<?> task, TargetColumn.Classes column) {
        if (column.classes().size() < 2) {
            throw new IllegalArgumentException(
                    "Task '%s': column '%s' holds one class only: %s.%nA task needs at least 2 classes; drop the task, or add rows of another class."
                            .formatted(task.name(), task.name(), column.classes()));
        }
    }
}
