package org.mtl4j.fitted;

import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Mutable: how often class i was taken for class j, and what is measured by it. tp, fp and fn of a class are the right ones,
 * those taken for it wrongly and those that it lost. As scikit-learn 1.9 measures.
 */
final class Confusion {

    private final int classes;
    private final long[] counts;

    Confusion(int classes) {
        this.classes = classes;
        counts = new long[classes * classes];
    }

    /** Counts one row or position. */
    void add(int truth, int predicted) {
        counts[truth * classes + predicted]++;
    }

    /** How often a class was taken for another. */
    long count(int truth, int predicted) {
        return counts[truth * classes + predicted];
    }

    /** How often a class was there: tp + fn. */
    long there(int c) {
        return IntStream.range(0, classes).mapToLong(j -> count(c, j)).sum();
    }

    /** How often a class was predicted: tp + fp. */
    long named(int c) {
        return IntStream.range(0, classes).mapToLong(i -> count(i, c)).sum();
    }

    private long right() {
        return IntStream.range(0, classes).mapToLong(c -> count(c, c)).sum();
    }

    private long total() {
        return IntStream.range(0, classes).mapToLong(this::there).sum();
    }

    /** Share of the right ones; NaN where nothing was counted. */
    double accuracy() {
        return (double) right() / total();
    }

    /** tp / (tp + fp); 0 where the class was never predicted. */
    double precision(int c) {
        return named(c) == 0 ? 0 : (double) count(c, c) / named(c);
    }

    /** tp / (tp + fn); 0 where the class was never there. */
    double recall(int c) {
        return there(c) == 0 ? 0 : (double) count(c, c) / there(c);
    }

    /** 2 tp / (2 tp + fp + fn); 0 where the class was neither there nor predicted. */
    double f1(int c) {
        long all = there(c) + named(c);
        return all == 0 ? 0 : 2.0 * count(c, c) / all;
    }

    private double mean(IntPredicate counted, IntToDoubleFunction of) {
        return IntStream.range(0, classes)
                .filter(counted)
                .mapToDouble(of)
                .average()
                .orElse(Double.NaN);
    }

    private boolean isPresent(int c) {
        return there(c) + named(c) > 0;
    }

    /** The mean F1 of all classes. */
    double macroF1OfAll() {
        return mean(c -> true, this::f1);
    }

    /** The mean F1 of the classes that were there or predicted. */
    double macroF1() {
        return mean(this::isPresent, this::f1);
    }

    /** The mean F1, each class as often as it was there. */
    double weightedF1() {
        return IntStream.range(0, classes).mapToDouble(c -> there(c) * f1(c)).sum() / total();
    }

    /** The mean recall of the classes that were there. */
    double balancedAccuracy() {
        return mean(c -> there(c) > 0, this::recall);
    }

    /**
     * Matthews' correlation of truth and prediction, in [-1, 1], for any number of classes (Gorodkin 2004): (c s - sum_k p_k
     * t_k) / sqrt((s^2 - sum p_k^2) (s^2 - sum t_k^2)), c the right ones of s, t_k and p_k how often class k was there and
     * predicted; 0 where only one class was there or predicted.
     */
    double matthews() {
        double s = total();
        double tp = 0;
        double pp = 0;
        double tt = 0;
        for (int k = 0; k < classes; k++) {
            tp += (double) there(k) * named(k);
            pp += (double) named(k) * named(k);
            tt += (double) there(k) * there(k);
        }
        double square = (s * s - pp) * (s * s - tt);
        return square == 0 ? 0 : (right() * s - tp) / Math.sqrt(square);
    }

    /** Intersection over union, tp / (tp + fp + fn); NaN where the class was neither there nor predicted. */
    double iou(int c) {
        return (double) count(c, c) / (there(c) + named(c) - count(c, c));
    }

    /** The mean intersection over union of the classes that were there or predicted. */
    double meanIou() {
        return mean(this::isPresent, this::iou);
    }

    /** The mean distance of the classes' numbers. */
    double meanDistance() {
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                sum += (double) Math.abs(i - j) * count(i, j);
            }
        }
        return sum / total();
    }

    /**
     * Cohen's kappa with quadratic weights, at most 1; 0 is chance: 1 - sum w_ij O_ij / sum w_ij E_ij with w_ij = (i - j)^2, O
     * the counts and E those that the margins alone would give (Cohen 1968). NaN where only one class was there and predicted.
     */
    double quadraticKappa() {
        double observed = 0;
        double expected = 0;
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                double weight = (double) (i - j) * (i - j);
                observed += weight * count(i, j);
                expected += weight * there(i) * named(j) / total();
            }
        }
        return expected == 0 ? Double.NaN : 1 - observed / expected;
    }
}
