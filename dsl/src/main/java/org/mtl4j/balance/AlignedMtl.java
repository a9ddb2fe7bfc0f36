package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.mtl4j.task.Task;

/**
 * Aligned multi-task learning (Senushkin, Patakin, Kuznetsov and Konushin 2023, algorithm 1): the gradients are turned into
 * the nearest system of orthogonal ones of one length, and summed. With G = V diag(l_k) V^T the Gram's eigenvectors and
 * eigenvalues, the weights are w = sqrt(s) V diag(l_k^-1/2) V^T 1.
 *
 * <p>s is the least of the eigenvalues, as published, so that no direction is lengthened; {@link #median} or {@link #rmse}
 * (their mean) take another, as TorchJD does. The weights are the sums, as in the official code and LibMTL; {@link #averaged}
 * divides them by T, as TorchJD does. Eigenvalues of at most {@link #rankEps} T times the largest are left out: its default
 * is the precision of float, which is LibMTL's (PyTorch's default type) and that of the gradients; TorchJD takes that of the
 * Gram's type. Where an eigenvalue comes to that threshold the least one jumps, and the weights with it.
 *
 * <p>Preferences r, given by {@link #with}, take the place of the ones, or of 1 / T: the update is sum_i r_i times the i-th of
 * the turned gradients, as in TorchJD.
 *
 * <p>Weights can be negative. A task without labels in the batch takes no part and gets weight 0; so does a zero gradient,
 * which has no direction to turn. Opposite gradients get weight 0, duplicate ones equal weights. One task gets 1. Where all
 * gradients are zero the weights are those of equal ones, as in TorchJD.
 *
 * <p>Cost: one backward signal per task and the Gram, in one pass; then the eigenvalues of a T x T matrix, 3 T^2 numbers of
 * memory.
 *
 * @param scale which eigenvalue s is
 * @param sum whether weights are sums or means
 * @param rankEps the share of the largest eigenvalue, over T, below which one is left out; from 0 to 1
 * @param heads what the heads get: weight 1 unless told otherwise
 * @param preferences how much each task counts, by task name: of every task, or of none; finite, at least 0, not all 0
 */
public record AlignedMtl(Scale scale, Sum sum, double rankEps, Heads heads, Map<String, Double> preferences)
        implements Balancer {

    /** The threshold where none is given: the precision of float. */
    public static final double DEFAULT_RANK_EPS = 0x1p-23;

    /** Which eigenvalue the lengths become. */
    public enum Scale {
        /** The least. */
        MIN(""),
        /** The median: of an even number, the lower one. */
        MEDIAN(".median()"),
        /** The mean. */
        RMSE(".rmse()");

        private final String word;

        Scale(String word) {
            this.word = word;
        }
    }

    /** How the turned gradients are put together. */
    public enum Sum {
        /** Their sum. */
        SUMMED,
        /** Their mean. */
        AVERAGED
    }

    public AlignedMtl {
        preferences = preferred(preferences).numbers();
        if (!(rankEps >= 0 && rankEps < 1)) {
            throw new IllegalArgumentException(
                    "alignedMtl().rankEps(%s): it is a number from 0 to less than 1.%nGive 1.2e-7, the precision of float, or 2.2e-16, that of double."
                            .formatted(rankEps));
        }
    }

    private static Preferred preferred(Map<String, Double> preferences) {
        return new Preferred("alignedMtl()", preferences);
    }

    /** Aligned-MTL as published. */
    public static AlignedMtl asPublished() {
        return new AlignedMtl(Scale.MIN, Sum.SUMMED, DEFAULT_RANK_EPS, Heads.UNIT, Map.of());
    }

    /** This balancer with the median of the eigenvalues. */
    public AlignedMtl median() {
        return new AlignedMtl(Scale.MEDIAN, sum, rankEps, heads, preferences);
    }

    /** This balancer with the mean of the eigenvalues. */
    public AlignedMtl rmse() {
        return new AlignedMtl(Scale.RMSE, sum, rankEps, heads, preferences);
    }

    /** This balancer with weights over T. */
    public AlignedMtl averaged() {
        return new AlignedMtl(scale, Sum.AVERAGED, rankEps, heads, preferences);
    }

    /** This balancer with another threshold for eigenvalues. */
    public AlignedMtl rankEps(double eps) {
        return new AlignedMtl(scale, sum, eps, heads, preferences);
    }

    /** This balancer with its weights on the heads too. */
    public AlignedMtl headsWeighted() {
        return new AlignedMtl(scale, sum, rankEps, Heads.WEIGHTED, preferences);
    }

    /** This balancer with the preference of one more task; give every task one. */
    public AlignedMtl with(Task<?> task, double preference) {
        return with(task.name(), preference);
    }

    /** This balancer with the preference of one more task, by task name. */
    public AlignedMtl with(String task, double preference) {
        return new AlignedMtl(scale, sum, rankEps, heads, preferred(preferences).with(task, preference));
    }

    @Override
    public AlignedMtl restrictTo(List<String> tasks) {
        return new AlignedMtl(scale, sum, rankEps, heads, preferred(preferences).restrictTo(tasks));
    }

    @Override
    public Needs needs() {
        return Needs.GRAM;
    }

    @Override
    public Weighting start(List<String> tasks) {
        int capacity = tasks.size();
        Labelled labelled = new Labelled(capacity);
        Eigen eigen = new Eigen(capacity);
        Preferred preferred = preferred(preferences);
        double[] all = preferred.of(tasks, 1);
        double[] wanted = new double[capacity];
        double[] solution = new double[capacity];
        double[] kept = new double[capacity];
        Weighting formula = (step, weights) -> {
            int n = labelled.gather(step);
            double[] gram = labelled.gram();
            preferred.gather(labelled, all, n, sum == Sum.SUMMED ? 1 : 1.0 / n, wanted);
            if (n > 0) {
                eigen.decompose(gram, n);
                double bound = Math.max(0, eigen.largest()) * n * rankEps;
                if (eigen.rank(bound) == 0) {
                    System.arraycopy(wanted, 0, solution, 0, n);
                } else {
                    eigen.applyInverse(wanted, bound, Eigen.Inverse.OF_ROOTS, solution);
                    double factor = Math.sqrt(scaleOf(eigen, n, bound, kept));
                    for (int i = 0; i < n; i++) {
                        solution[i] *= factor;
                    }
                }
            }
            labelled.spread(solution, weights);
        };
        return new Solved(formula, eigen::iterations);
    }

    /** s. @param kept scratch */
    private double scaleOf(Eigen eigen, int n, double bound, double[] kept) {
        int rank = 0;
        double total = 0;
        for (int k = 0; k < n; k++) {
            if (eigen.value(k) > bound) {
                kept[rank++] = eigen.value(k);
                total += eigen.value(k);
            }
        }
        Arrays.sort(kept, 0, rank);
        return switch (scale) {
            case MIN -> kept[0];
            case MEDIAN -> kept[(rank - 1) / 2];
            case RMSE -> total / rank;
        };
    }

    @Override
    public String toString() {
        return "alignedMtl()" + preferred(preferences).withers()
                + scale.word
                + (sum == Sum.SUMMED ? "" : ".averaged()")
                + (rankEps == DEFAULT_RANK_EPS ? "" : ".rankEps(" + rankEps + ")")
                + (heads == Heads.UNIT ? "" : ".headsWeighted()");
    }
}
