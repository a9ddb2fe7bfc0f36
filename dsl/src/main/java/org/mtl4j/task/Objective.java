package org.mtl4j.task;

import java.util.List;
import org.mtl4j.data.Boxes;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.PlaceClasses;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.tensor.Shape;

/**
 * A task bound to data: its classes, labels or dimensions are known, and so is the width of its head.
 *
 * @param task the task
 * @param outputs the number of outputs of its head
 * @param labels class or label names in index order, or names of dimensions
 * @param places of a task that writes sequences, the places of a row, the end of a sequence included; of boxes, the most that a
 *     row has; else 1
 */
public record Objective(Task<?> task, int outputs, List<String> labels, int places) {

    public Objective {
        labels = List.copyOf(labels);
    }

    /** A task that writes neither sequences nor boxes. */
    public Objective(Task<?> task, int outputs, List<String> labels) {
        this(task, outputs, labels, 1);
    }

    /** The same for a task with another weight, say. */
    public Objective of(Task<?> other) {
        return new Objective(other, outputs, labels, places);
    }

    /**
     * Binds a task to its column.
     *
     * @throws IllegalArgumentException if the column's kind or classes do not fit the task, or its own loss cannot be trained on
     */
    public static Objective bind(Task<?> task, MultiTaskData data) {
        Objective bound = Binding.column(task, data);
        if (task.loss() instanceof Loss.Own own) {
            own.maths()
                    .start("Task '%s', %s".formatted(task.name(), own), bound.outputs()); // what is wrong with it, now
        }
        return bound;
    }

    /** Whether it predicts numbers: values of a target, quantiles of one, or scores to rank by. */
    public boolean isRegression() {
        return task.kind() instanceof Task.Kind.Regression
                || task.kind() instanceof Task.Kind.Quantiles
                || task.kind() instanceof Task.Kind.Ranking;
    }

    /** Whether its classes have an order. */
    public boolean isOrdinal() {
        return task.kind() instanceof Task.Kind.Ordinal;
    }

    /** Whether it has an answer at each place of a row (token, node, pixel), not one a row. */
    public boolean isPlaced() {
        return task.kind().isPlaced();
    }

    /** Whether its answer is a sequence with places of its own. */
    public boolean isSequence() {
        return task.kind().isSequence();
    }

    /** Engine API. The name of what the decoder of a task that writes sequences reads: the words before each place. */
    public String wordsName() {
        return "head." + task.name() + ".words";
    }

    /** Engine API. The shape of what it reads. */
    public Shape.Tokens words() {
        return new Shape.Tokens(places, outputs);
    }

    /**
     * Engine API. Writes what the decoder reads of a row in training (teacher forcing): at place p the true word p - 1, at place
     * 0 the symbol that begins a sequence, which alone is there where a row has no truth.
     *
     * @param truth [places] from {@code from}: the words and the end of a sequence, then NaN
     * @param into {@link #words} of the row from {@code at}, modified
     * @return the number of places that it has something at
     */
    public int writeTrueWords(float[] truth, int from, float[] into, int at) {
        int count = 1;
        into[at + 1] = end();
        while (count < places && !Float.isNaN(truth[from + count])) { // the end is read by no place
            into[at + 1 + count] = truth[from + count - 1];
            count++;
        }
        into[at] = count;
        return count;
    }

    /** Engine API. The number of the word that ends a sequence, and that the decoder reads at its first place. */
    public int end() {
        return outputs - 1;
    }

    /** Whether it finds boxes around the objects of images. */
    public boolean isOfBoxes() {
        return task.isOfBoxes();
    }

    /** Engine API. Whether {@link #places} says something of its rows. */
    public boolean countsPlaces() {
        return isSequence() || isOfBoxes();
    }

    /** Whether it has any number of labels a row. */
    public boolean isMultiLabel() {
        return task.kind() instanceof Task.Kind.MultiLabel;
    }

    /** Whether it has a class at each step of its input: tags, spans or next words. */
    public boolean isOfTags() {
        return isOfPlaceClasses() && !isSequence() && !(task.kind() instanceof Task.Kind.Pixels);
    }

    /** Whether it has a class at each place. */
    public boolean isOfPlaceClasses() {
        return KindRules.isOfPlaceClasses(task.kind());
    }

    /**
     * Numbers per row, or place, of its target: one per output of a regression or label, a relevance with its group, those of all
     * boxes that there is room for, else one.
     */
    public int targetWidth() {
        if (isOfBoxes()) {
            return places * Boxes.NUMBERS;
        }
        if (task.kind() instanceof Task.Kind.Ranking ranking) {
            return ranking.group().isEmpty() ? 1 : 2;
        }
        boolean perOutput = task.kind() instanceof Task.Kind.Regression || task.kind() instanceof Task.Kind.Normals;
        return perOutput || isMultiLabel() ? outputs : 1;
    }

    /** The name of the loss's own parameters, {@code head.grade.thresholds}; empty where it has none. */
    public String ownName() {
        String name = "head." + task.name();
        if (task.loss() instanceof Coral) {
            return name + ".thresholds";
        } else if (task.loss() instanceof Crf) {
            return name + ".transitions";
        }
        return task.loss() instanceof Contrastive.Clip ? name + ".scale" : "";
    }

    /** Engine API. Where the loss's own parameters begin; none where it has none, or the classes are not known yet. */
    public float[] ownParameters() {
        if (task.loss() instanceof Coral) {
            return Coral.initial(labels.size());
        } else if (task.loss() instanceof Crf) {
            return new float[outputs * (outputs + 2)];
        }
        return task.loss() instanceof Contrastive.Clip
                ? new float[] {Contrastive.Clip.INITIAL_LOG_SCALE}
                : new float[0];
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

    /**
     * Engine API. The target column that the loss kernel sees: of a binary task 1 for the positive class, else 0; of an ordinal
     * one the place in the order; of a ranking by group the relevance and the group's number; of sequences as many places as the
     * decoder has; of boxes as many as there is room for, of the task's classes.
     *
     * @param data the rows that the column is of
     */
    public TargetColumn encode(TargetColumn column, MultiTaskData data) {
        if (task.kind() instanceof Task.Kind.Binary) {
            float[] values = new float[column.rows()];
            for (int r = 0; r < values.length; r++) {
                values[r] = column.isLabelled(r) ? encode(column.get(r, 0)) : Float.NaN;
            }
            return TargetColumn.Reals.of(column.name(), List.of("positive"), values);
        } else if (column instanceof TargetColumn.Classes classes && isOrdinal()) {
            int[] ranks = new int[classes.rows()];
            for (int r = 0; r < ranks.length; r++) {
                ranks[r] =
                        classes.isLabelled(r) ? labels.indexOf(classes.classes().get(classes.index(r))) : -1;
            }
            return TargetColumn.Classes.of(column.name(), labels, ranks);
        } else if (isSequence() && column instanceof PlaceClasses sequences) {
            return sequences.fit(places);
        } else if (column instanceof Boxes boxes) {
            return boxes.renumber(labels).fit(places);
        } else if (targetWidth() == 2 && task.kind() instanceof Task.Kind.Ranking ranking) {
            float[] pairs = new float[2 * column.rows()];
            for (int r = 0; r < column.rows(); r++) {
                pairs[2 * r] = column.get(r, 0); // NaN without a label
                pairs[2 * r + 1] = data.group(ranking.group()).index(r);
            }
            return TargetColumn.Reals.of(column.name(), List.of("relevance", "group"), pairs);
        }
        return column;
    }
}
