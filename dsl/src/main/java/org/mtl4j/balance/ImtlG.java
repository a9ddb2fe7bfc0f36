package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;

/**
 * Impartial multi-task learning by gradients (Liu, Li, Kuang, Xue, Chen, Yang, Liao and Zhang 2021): the update d = sum_i
 * w_i g_i, sum_i w_i = 1, whose projections onto all gradients are of one length, d . g_i / ||g_i|| the same for every i.
 *
 * <p>With C the cosines between the gradients, w_i is proportional to (C^-1 1)_i / ||g_i||: for two tasks w_0 = ||g_1|| /
 * (||g_0|| + ||g_1||). Where gradients depend on each other (the least eigenvalue of C is rounding) it is TorchJD's
 * generalisation, w proportional to G^+ (||g_1|| .. ||g_T||) with the pseudo-inverse of the Gram, which Quinton and Rey
 * (2024) define; LibMTL fails there.
 *
 * <p>Weights can be negative, and where the (C^-1 1)_i / ||g_i|| sum to less than 0 the update conflicts with all tasks
 * alike. Where they sum to 0, to 1e-12 of their size, all weights are 0, as in TorchJD; opposite gradients of two tasks cancel. A task without labels in the batch, and a labelled one whose gradient is zero, take no part and get weight 0.
 * Duplicate gradients get equal weights. One task gets 1. Try other learning rates: the sum of {@code equal()} is T.
 *
 * <p>Cost: one backward signal per task and the Gram, in one pass; then the eigenvalues of a T x T matrix, 5 T^2 numbers of
 * memory.
 *
 * @param heads what the heads get: weight 1 unless told otherwise
 */
public record ImtlG(Heads heads) implements Balancer {

    private static final double NO_SUM = 1e-12;

    /** IMTL-G as published. */
    public static ImtlG asPublished() {
        return new ImtlG(Heads.UNIT);
    }

    /** This balancer with its weights on the heads too. */
    public ImtlG headsWeighted() {
        return new ImtlG(Heads.WEIGHTED);
    }

    @Override
    public Needs needs() {
        return Needs.GRAM;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new Impartial(tasks.size());
    }

    /** Mutable: room for one step after another. */
    private static final class Impartial implements Weighting {

        private final Labelled labelled;
        private final Eigen eigen;
        private final Cholesky cholesky;
        private final int[] rows;
        private final double[] lengths;
        private final double[] cosines;
        private final double[] solution;

        Impartial(int tasks) {
            labelled = new Labelled(tasks);
            eigen = new Eigen(tasks);
            cholesky = new Cholesky(tasks);
            rows = new int[tasks];
            lengths = new double[tasks];
            cosines = new double[tasks * tasks];
            solution = new double[tasks];
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            int n = labelled.gatherMoving(step);
            double[] gram = labelled.gram();
            for (int i = 0; i < n; i++) {
                rows[i] = i;
                lengths[i] = Math.sqrt(gram[i * n + i]);
            }
            if (n == 2) { // C^-1 1 is the same for both, whatever their angle
                solution[0] = lengths[1];
                solution[1] = lengths[0];
            } else if (n > 0) {
                solve(gram, n);
            }
            double sum = 0;
            double size = 0;
            for (int i = 0; i < n; i++) {
                sum += solution[i];
                size += Math.abs(solution[i]);
            }
            boolean hasSum = Math.abs(sum) > NO_SUM * size;
            for (int i = 0; i < n; i++) {
                solution[i] = hasSum ? solution[i] / sum : 0;
            }
            labelled.spread(solution, weights);
        }

        @Override
        public long iterations() {
            return cholesky.iterations() + eigen.iterations();
        }

        private void solve(double[] gram, int n) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    cosines[i * n + j] = gram[i * n + j] / lengths[i] / lengths[j];
                }
            }
            if (cholesky.factor(cosines, n, rows, n, 0) && isOfFullRank(n)) {
                Arrays.fill(solution, 0, n, 1);
                cholesky.solve(solution);
                for (int i = 0; i < n; i++) {
                    solution[i] /= lengths[i];
                }
            } else {
                eigen.decompose(gram, n);
                eigen.applyInverse(lengths, n * Math.ulp(eigen.largest()), Eigen.Inverse.OF_VALUES, solution);
            }
        }

        /** Whether all eigenvalues of the cosines are above rounding; they are only needed where a bound does not tell. */
        private boolean isOfFullRank(int n) {
            if (cholesky.leastEigenvalue() > n * Math.ulp((double) n)) { // the largest is at most their sum, n
                return true;
            }
            eigen.decompose(cosines, n);
            return eigen.rank(n * Math.ulp(eigen.largest())) == n;
        }
    }

    @Override
    public String toString() {
        return "imtlG()" + (heads == Heads.UNIT ? "" : ".headsWeighted()");
    }
}
