package org.mtl4j.balance;

import java.util.Arrays;
import org.mtl4j.bytes.State;

/**
 * Mutable: one solution of a_i (G a)_i = p_i, and how a moves with p there: da/dp = (G + diag(p / a^2))^-1 diag(1 / a), by the
 * implicit function theorem. In b_i = a_i ||g_i||, so that only cosines C are inverted: with D = diag(||g_i||), the matrix is D
 * (C + diag(p / b^2)) D.
 */
final class BargainSlopes {

    private final int tasks;
    private final double[] lengths;
    private final double[] weights;
    private final double[] matrix;
    private final double[] right;
    private final int[] rows;
    private final Cholesky cholesky;

    BargainSlopes(int tasks) {
        this.tasks = tasks;
        lengths = new double[tasks];
        weights = new double[tasks];
        matrix = new double[tasks * tasks];
        right = new double[tasks];
        rows = new int[tasks];
        cholesky = new Cholesky(tasks);
    }

    /** Takes in a step that was solved. Tasks without labels or with a zero gradient take no part. */
    void keep(WeighingStep step, double[] powers, Bargain bargain) {
        for (int i = 0; i < tasks; i++) {
            lengths[i] = step.isLabelled(i) ? Math.sqrt(step.gram(i, i)) : 0;
            weights[i] = bargain.weight(i);
        }
        Arrays.fill(matrix, 0);
        for (int i = 0; i < tasks; i++) {
            for (int j = 0; j < tasks && lengths[i] > 0; j++) {
                double cosine = lengths[j] > 0 ? step.gram(i, j) / lengths[i] / lengths[j] : 0;
                double b = weights[i] * lengths[i];
                matrix[i * tasks + j] = i == j ? 1 + powers[i] / (b * b) : cosine;
            }
        }
    }

    /**
     * Turns a derivative by the weights into one by the powers.
     *
     * @param slopes [tasks], overwritten; 0 for tasks that take no part
     * @return whether there is one: the matrix is positive definite, and all numbers are finite
     */
    boolean byPowers(double[] slopes) {
        int n = 0;
        for (int i = 0; i < tasks; i++) {
            if (lengths[i] > 0) {
                right[n] = slopes[i] / lengths[i];
                rows[n++] = i;
            }
        }
        if (!cholesky.factor(matrix, tasks, rows, n, 0)) {
            return false;
        }
        cholesky.solve(right);
        Arrays.fill(slopes, 0);
        boolean isFinite = true;
        for (int k = 0; k < n; k++) {
            int i = rows[k];
            slopes[i] = right[k] / lengths[i] / weights[i];
            isFinite &= Math.abs(slopes[i]) < Double.POSITIVE_INFINITY;
        }
        return isFinite;
    }

    void state(State state) {
        state.reals("bargain lengths", lengths);
        state.reals("bargain weights", weights);
        state.reals("bargain matrix", matrix);
    }
}
