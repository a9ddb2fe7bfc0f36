package org.mtl4j.balance;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mtl4j.task.Task;

/**
 * Conflict-free training (Liu, Chu and Thuerey 2024, ConFIG, equation 2): the update has the same cosine with every gradient.
 * With U the gradients over their lengths, [T, P], it points along v = U^+ 1, and its length is the sum of the gradients'
 * projections onto that, sum_i g_i . v / ||v||.
 *
 * <p>U^+ 1 = U^T C^+ 1 with C the cosines, so that the weights are (C^+ 1)_i / ||g_i|| times that length over ||v||, as in
 * TorchJD and the official code. Eigenvalues of C of at most 1e-12 T times the largest are left out of its pseudo-inverse: those
 * codes work on U itself and see smaller ones, which for gradients that depend on each other are rounding.
 *
 * <p>Preferences r, given by {@link #with}, take the place of the ones: the cosines are then as r_i to r_j, as in TorchJD.
 *
 * <p>The update conflicts with no task where the gradients do not depend on each other. Weights can be negative. A task without
 * labels in the batch, and one whose gradient is zero, take no part and get weight 0. Opposite gradients get weight 0,
 * duplicate ones equal weights. One task gets 1.
 *
 * <p>Cost: one backward signal per task and the Gram, in one pass; then the eigenvalues of a T x T matrix, 4 T^2 numbers of
 * memory.
 *
 * @param heads what the heads get: weight 1 unless told otherwise
 * @param preferences how much each task counts, by task name: of every task, or of none; finite, at least 0, not all 0
 */
public record ConFig(Heads heads, Map<String, Double> preferences) implements Balancer {

    private static final double RANK_EPS = 1e-12;

    public ConFig {
        preferences = preferred(preferences).numbers();
    }

    private static Preferred preferred(Map<String, Double> preferences) {
        return new Preferred("config()", preferences);
    }

    /** ConFIG as published. */
    public static ConFig asPublished() {
        return new ConFig(Heads.UNIT, Map.of());
    }

    /** This balancer with its weights on the heads too. */
    public ConFig headsWeighted() {
        return new ConFig(Heads.WEIGHTED, preferences);
    }

    /** This balancer with the preference of one more task; give every task one. */
    public ConFig with(Task<?> task, double preference) {
        return with(task.name(), preference);
    }

    /** This balancer with the preference of one more task, by task name. */
    public ConFig with(String task, double preference) {
        return new ConFig(heads, preferred(preferences).with(task, preference));
    }

    @Override
    public ConFig restrictTo(List<String> tasks) {
        return new ConFig(heads, preferred(preferences).restrictTo(tasks));
    }

    @Override
    public Needs needs() {
        return Needs.GRAM;
    }

    @Override
    public Weighting start(List<String> tasks) {
        int capacity = tasks.size();
        Labelled labelled = new Labelled(capacity);
        Cholesky cholesky = new Cholesky(capacity);
        int[] rows = IntStream.range(0, capacity).toArray();
        Eigen eigen = new Eigen(capacity);
        double[] cosines = new double[capacity * capacity];
        Preferred preferred = preferred(preferences);
        double[] all = preferred.of(tasks, 1);
        double[] wanted = new double[capacity];
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
                preferred.gather(labelled, all, n, 1, wanted);
                // the largest eigenvalue is at most their sum, n; where a bound tells that all count, none is needed
                if (cholesky.factor(cosines, n, rows, n, 0) && cholesky.leastEigenvalue() > RANK_EPS * n * n) {
                    System.arraycopy(wanted, 0, solution, 0, n);
                    cholesky.solve(solution);
                } else {
                    eigen.decompose(cosines, n);
                    eigen.applyInverse(wanted, RANK_EPS * n * eigen.largest(), Eigen.Inverse.OF_VALUES, solution);
                }
                toLength(gram, cosines, n, solution);
            }
            labelled.spread(solution, weights);
        };
        return new Solved(formula, () -> cholesky.iterations() + eigen.iterations());
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
        return "config()" + preferred(preferences).withers() + (heads == Heads.UNIT ? "" : ".headsWeighted()");
    }
}
