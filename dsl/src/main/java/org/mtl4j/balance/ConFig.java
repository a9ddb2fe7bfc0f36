package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;

/**
 * Conflict-free training (Liu, Chu and Thuerey 2024, ConFIG, equation 2): the update has the same cosine with every gradient.
 * With U the gradients over their lengths, [T, P], it points along v = U^+ 1, and its length is the sum of the gradients'
 * projections onto that, sum_i g_i . v / ||v||.
 *
 * <p>U^+ 1 = U^T C^+ 1 with C the cosines, so that the weights are (C^+ 1)_i / ||g_i|| times that length over ||v||, as in
 * TorchJD and the official code. Eigenvalues of C of at most 1e-12 T times the largest are left out of its pseudo-inverse: those
 * codes work on U itself and see smaller ones, which for gradients that depend on each other are rounding.
 *
 * <p>The update conflicts with no task where the gradients do not depend on each other. Weights can be negative. A task without
 * labels in the batch, and one whose gradient is zero, take no part and get weight 0. Opposite gradients get weight 0,
 * duplicate ones equal weights. One task gets 1.
 *
 * <p>Cost: one backward signal per task and the Gram, in one pass; then the eigenvalues of a T x T matrix, 4 T^2 numbers of
 * memory.
 *
 * @param heads what the heads get: weight 1 unless told otherwise
 */
public record ConFig(Heads heads) implements Balancer {

    private static final double RANK_EPS = 1e-12;

    /** ConFIG as published. */
    public static ConFig asPublished() {
        return new ConFig(Heads.UNIT);
    }

    /** This balancer with its weights on the heads too. */
    public ConFig headsWeighted() {
        return new ConFig(Heads.WEIGHTED);
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
        double[] cosines = new double[capacity * capacity];
        double[] ones = new double[capacity];
        Arrays.fill(ones, 1);
        double[] solution = new double[capacity];
        Weighting formula = (step, weights) -> {
            int n = labelled.gatherMoving(step);
            double[] gram = labelled.gram();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double product = gram[i * n + j] / Math.sqrt(gram[i * n + i]) / Math.sqrt(gram[j * n + j]);
                    cosines[i * n + j] = i == j ? 1 : product;
                }
            }
            if (n > 0) {
                eigen.decompose(cosines, n);
                eigen.applyInverse(ones, RANK_EPS * n * eigen.largest(), Eigen.Inverse.OF_VALUES, solution);
                toLength(gram, cosines, n, solution);
            }
            labelled.spread(solution, weights);
        };
        return new Solved(formula, eigen::iterations);
    }

    /** Makes of C^+ 1 the weights. @param solution modified */
    private static void toLength(double[] gram, double[] cosines, int n, double[] solution) {
        double length = 0;
        double square = 0;
        double size = 0;
        for (int i = 0; i < n; i++) {
            double product = 0;
            for (int j = 0; j < n; j++) {
                product += cosines[i * n + j] * solution[j];
            }
            length += Math.sqrt(gram[i * n + i]) * product;
            square += solution[i] * product;
            size += Math.abs(solution[i]);
        }
        boolean hasDirection = square > RANK_EPS * size * size;
        for (int i = 0; i < n; i++) {
            solution[i] = hasDirection ? length / square * solution[i] / Math.sqrt(gram[i * n + i]) : 0;
        }
    }

    @Override
    public String toString() {
        return "config()" + (heads == Heads.UNIT ? "" : ".headsWeighted()");
    }
}
