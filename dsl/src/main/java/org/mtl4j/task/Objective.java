package org.mtl4j.task;

import java.util.List;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.TargetColumn;

/**
 * A task bound to data: its classes, labels or dimensions are known, and so is the width of its head.
 *
 * @param task the task
 * @param outputs the number of outputs of its head
 * @param labels class or label names in index order, or names of dimensions
 */
public record Objective(Task<?> task, int outputs, List<String> labels) {

    public Objective {
        labels = List.copyOf(labels);
    }

    /**
     * Binds a task to its column.
     *
     * @throws IllegalArgumentException if the column's kind or classes do not fit the task, or its own loss cannot be trained on
     */
    public static Objective bind(Task<?> task, MultiTaskData data) {
        Objective bound = column(task, data);
        if (task.loss() instanceof Loss.Own own) {
            own.maths()
                    .start("Task '%s', %s".formatted(task.name(), own), bound.outputs()); // what is wrong with it, now
        }
        return bound;
    }

    private static Objective column(Task<?> task, MultiTaskData data) {
        TargetColumn column = data.target(task.name());
        if (task.kind() instanceof Task.Kind.Regression) {
            return regression(task, column);
        } else if (task.kind() instanceof Task.Kind.MultiLabel) {
            return labels(task, column);
        }
        if (!(column instanceof TargetColumn.Classes classes)) {
            throw new IllegalArgumentException(
                    "Task '%s': it predicts classes, but column '%s' holds numbers.%nDeclare task(\"%s\").regression(), or read the column as classes."
                            .formatted(task.name(), task.name(), task.name()));
        }
        return task.kind() instanceof Task.Kind.Binary binary
                ? binary(task, binary, classes)
                : classes(task, (Task.Kind.Classes) task.kind(), classes);
    }

    private static Objective regression(Task<?> task, TargetColumn column) {
        if (!(column instanceof TargetColumn.Reals reals)) {
            throw new IllegalArgumentException(
                    "Task '%s': it predicts numbers, but column '%s' holds classes.%nDeclare task(\"%s\").classes(), or read the column as numbers."
                            .formatted(task.name(), task.name(), task.name()));
        }
        return new Objective(task, reals.width(), reals.dimensions());
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
        return new Objective(task, 1, column.classes());
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
        return new Objective(task, Math.max(found, kind.classes()), column.classes());
    }

    private static void atLeastTwo(Task<?> task, TargetColumn.Classes column) {
        if (column.classes().size() < 2) {
            throw new IllegalArgumentException(
                    "Task '%s': column '%s' holds one class only: %s.%nA task needs at least 2 classes; drop the task, or add rows of another class."
                            .formatted(task.name(), task.name(), column.classes()));
        }
    }

    /** Whether it is a regression, whose targets are standardised. */
    public boolean isRegression() {
        return task.kind() instanceof Task.Kind.Regression;
    }

    /** Whether it has an answer at each place of a row (token, node, pixel), not one a row. */
    public boolean isPlaced() {
        return task.kind().isPlaced();
    }

    /** Whether it has any number of labels a row. */
    public boolean isMultiLabel() {
        return task.kind() instanceof Task.Kind.MultiLabel;
    }

    /** Numbers per row of its target: one per output of a regression or label, else the class. */
    public int targetWidth() {
        return isRegression() || isMultiLabel() ? outputs : 1;
    }

    /** For a binary task, the index of the positive class in {@link #labels}. */
    public int positiveIndex() {
        String positive = ((Task.Kind.Binary) task.kind()).positive();
        return positive.isEmpty() ? 1 : labels.indexOf(positive);
    }

    /** Engine API. The target that the loss kernel sees: for binary tasks 1 for the positive class, else 0. */
    public float encode(float value) {
        return task.kind() instanceof Task.Kind.Binary ? (value == positiveIndex() ? 1f : 0f) : value;
    }
}
