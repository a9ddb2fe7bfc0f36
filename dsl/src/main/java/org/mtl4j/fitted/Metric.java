package org.mtl4j.fitted;

import org.mtl4j.task.Task;

/**
 * What a score measures: the words to print and the direction that counts as better.
 *
 * @param name the words, as tables and axes print them
 * @param better the direction
 */
public record Metric(String name, Better better) {

    /** The direction of improvement. */
    public enum Better {
        HIGHER,
        LOWER
    }

    /** Share of rows with the right class, in [0, 1]. */
    public static final Metric ACCURACY = higher("accuracy");

    /**
     * Mean over the classes or labels, given or predicted, of the harmonic mean of precision and recall, 2 tp / (2 tp + fp +
     * fn), in [0, 1].
     */
    public static final Metric MACRO_F1 = higher("macro F1");

    /** Of several labels, 2 tp / (2 tp + fp + fn) with the counts of all labels added up, in [0, 1]. */
    public static final Metric MICRO_F1 = higher("micro F1");

    /**
     * Area under the ROC curve, in [0, 1]; 0.5 is chance. Of the positive class of a binary task; of several classes the
     * mean over each against the rest, of several labels the mean over the labels; those without a row or with every row
     * are left out.
     */
    public static final Metric AUC = higher("AUC");

    /** Root of the mean squared error, in the target's unit. */
    public static final Metric RMSE = lower("RMSE");

    /** Mean absolute error, in the target's unit. */
    public static final Metric MAE = lower("MAE");

    /** Coefficient of determination, at most 1; 0 is the mean's prediction. */
    public static final Metric R2 = higher("R2");

    public Metric {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A metric needs a name.\nWrite Metric.higher(\"mIoU\"), for example.");
        }
    }

    /** A metric of this name of which more is better. */
    public static Metric higher(String name) {
        return new Metric(name, Better.HIGHER);
    }

    /** A metric of this name of which less is better. */
    public static Metric lower(String name) {
        return new Metric(name, Better.LOWER);
    }

    /**
     * The main score of a task: R2 of numbers, AUC of two classes, accuracy of more, mean AUC of labels. Labels are binary
     * tasks side by side, and rare ones mostly: an F1 depends on where the probability is cut, an AUC does not.
     */
    public static Metric mainOf(Task<?> task) {
        if (task.kind() instanceof Task.Kind.Regression) {
            return R2;
        }
        boolean ranked = task.kind() instanceof Task.Kind.Binary || task.kind() instanceof Task.Kind.MultiLabel;
        return ranked ? AUC : ACCURACY;
    }

    /** Whether more is better. */
    public boolean higherIsBetter() {
        return better == Better.HIGHER;
    }

    /** How much better {@code value} is than {@code baseline}, in the metric's unit: positive is better. */
    public double gain(double baseline, double value) {
        return higherIsBetter() ? value - baseline : baseline - value;
    }

    /** {@code RMSE (lower is better)}. */
    @Override
    public String toString() {
        return name + (higherIsBetter() ? " (higher is better)" : " (lower is better)");
    }
}
