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
        LOWER,
        /** Neither: what is right is a number that the task names. */
        NEITHER
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

    /** Of ordered classes, the mean distance of the predicted class from the true one, in steps. */
    public static final Metric STEPS = lower("steps off");

    /**
     * Of ordered classes, Cohen's kappa with quadratic weights, at most 1; 0 is chance: 1 - sum w_ij O_ij / sum w_ij E_ij with
     * w_ij = (i - j)^2, O the counts of class i taken for j, and E those that the margins alone give (Cohen 1968).
     */
    public static final Metric KAPPA = higher("quadratic kappa");

    /** Of quantiles, the mean of max(q e, (q - 1) e) over rows and quantiles, e = y - p, in the target's unit. */
    public static final Metric PINBALL = lower("pinball loss");

    /**
     * Of quantiles, the share of rows between the least and the greatest one, in [0, 1]: of quantiles(0.1, 0.5, 0.9) it should
     * be 0.8, neither less nor more.
     */
    public static final Metric COVERAGE = new Metric("coverage", Better.NEITHER);

    /** Of a ranking, the share of pairs of unequal targets whose scores lie in the same order, in [0, 1]; 0.5 is chance. */
    public static final Metric PAIRS = higher("pairs in order");

    /** Of a ranking, Kendall's tau-b in [-1, 1]; 0 is chance. */
    public static final Metric KENDALL = higher("Kendall's tau");

    /**
     * Harmonic mean of precision and recall of whole spans, in [0, 1]: same type, first and last word; an I-X that continues no
     * X begins one (conlleval's rule, seqeval's default).
     */
    public static final Metric SPAN_F1 = higher("span F1");

    /** The same of spans that begin with a B-X only (IOB2, seqeval's strict mode). */
    public static final Metric STRICT_SPAN_F1 = higher("strict span F1");

    /** e^(mean negative log-likelihood of the next words), at least 1. */
    public static final Metric PERPLEXITY = lower("perplexity");

    /**
     * Of sequences, the share of the words and ends of all rows that the decoder names after the true words before them (teacher
     * forcing), in [0, 1]. It is above what the decoder reaches when it reads its own words: {@link #BLEU}, {@link #EXACT_MATCH}.
     */
    public static final Metric TOKEN_ACCURACY = higher("token accuracy");

    /**
     * Of sequences that the decoder writes by itself (greedy search), BLEU of all rows by {@link Bleu} in [0, 100]: words as the
     * targets have them, n-grams up to 4, exponential smoothing. 0 where no row has four words.
     */
    public static final Metric BLEU = higher("BLEU");

    /** Share of the rows whose sequence the decoder writes by itself without a fault, in [0, 1]. */
    public static final Metric EXACT_MATCH = higher("exact match");

    /** Mean over the classes, there or predicted, of tp / (tp + fp + fn) over all pixels of all rows, in [0, 1]. */
    public static final Metric MEAN_IOU = higher("mean IoU");

    /** Mean |p - y| of depths, in their unit. */
    public static final Metric ABSOLUTE_ERROR = lower("absolute error");

    /** Mean |p - y| / y of depths. */
    public static final Metric RELATIVE_ERROR = lower("relative error");

    /** Mean angle between predicted and measured normals, in degrees. */
    public static final Metric ANGLE = lower("mean angle");

    /** Median angle between predicted and measured normals, in degrees. */
    public static final Metric MEDIAN_ANGLE = lower("median angle");

    /** Share of the pixels with an angle below 11.25 degrees. */
    public static final Metric WITHIN_11 = higher("within 11.25 degrees");

    /**
     * Of pairs, the share of rows whose first input has its own second one as the most similar of all rows' second ones, in [0,
     * 1]; of n rows 1 / n is chance. Where several are equally similar, the chance that a random order of them has it first.
     */
    public static final Metric RECALL_AT_1 = higher("recall@1");

    /** The same the other way: second inputs that find their first one. */
    public static final Metric RECALL_AT_1_BACK = higher("recall@1 back");

    /** Of pairs, the share of rows whose first input has its own second one among the 5 most similar; 5 / n is chance. */
    public static final Metric RECALL_AT_5 = higher("recall@5");

    /** The same the other way. */
    public static final Metric RECALL_AT_5_BACK = higher("recall@5 back");

    /**
     * Of boxes, average precision by the rules of COCO, in [0, 1]: the mean over the classes with a box and the thresholds of the
     * IoU 0.5, 0.55, ..., 0.95.
     */
    public static final Metric BOX_AP = higher("AP@.5:.95");

    /** The same at an IoU of 0.5 alone. */
    public static final Metric BOX_AP_50 = higher("AP@.5");

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
     * The main score of a task: R2 of numbers, AUC of two classes, accuracy of more, mean AUC of labels, quadratic kappa of
     * ordered classes, pinball loss of quantiles, pairs in order of a ranking, the first of the list of {@link
     * Scores} of tasks with an answer at each place. Labels are binary tasks side by side, and rare
     * ones mostly: an F1 depends on where the probability is cut, an AUC does not.
     */
    public static Metric mainOf(Task<?> task) {
        if (task.kind() instanceof Task.Kind.Regression) {
            return R2;
        } else if (task.kind() instanceof Task.Kind.Ordinal) {
            return KAPPA;
        } else if (task.kind() instanceof Task.Kind.Quantiles) {
            return PINBALL;
        } else if (task.kind() instanceof Task.Kind.Ranking) {
            return PAIRS;
        } else if (!task.kind().hasTribuoType()) {
            return Scores.metrics(task).get(0);
        }
        boolean ranked = task.kind() instanceof Task.Kind.Binary || task.kind() instanceof Task.Kind.MultiLabel;
        return ranked ? AUC : ACCURACY;
    }

    /** Whether more is better. */
    public boolean higherIsBetter() {
        return better == Better.HIGHER;
    }

    /** How much better {@code value} is than {@code baseline}, in the metric's unit: positive is better; NaN without a direction. */
    public double gain(double baseline, double value) {
        if (better == Better.NEITHER) {
            return Double.NaN;
        }
        return higherIsBetter() ? value - baseline : baseline - value;
    }

    /** {@code RMSE (lower is better)}. */
    @Override
    public String toString() {
        return switch (better) {
            case HIGHER -> name + " (higher is better)";
            case LOWER -> name + " (lower is better)";
            case NEITHER -> name;
        };
    }
}
