package org.mtl4j.balance;

import java.util.List;
import java.util.Map;
import org.mtl4j.task.Task;

/**
 * Unconflicting projection of gradients (Quinton and Rey 2024, Jacobian descent for multi-objective optimization): each
 * gradient is projected onto the dual cone of all gradients, which are the updates that conflict with none of them, and
 * the update is the mean of the projections. It conflicts with no task; gradients that do not conflict are averaged.
 *
 * <p>By proposition 1 the projection of sum_i u_i g_i (equation 3) is sum_i v_i g_i with v = argmin v^T G v over v &gt;= u;
 * the weights are the sum of the v of u = e_1 / T .. e_T / T, as in TorchJD and LibMTL. Each is exact up to rounding, by
 * block principal pivoting. As there, G is divided by its trace, or by infinity where the trace is below {@link
 * #normEps}, and {@link #regEps} is added to its diagonal: gradients that depend on each other then have one answer, and
 * a conflict of at most about that size (relative to the trace) is left. So at gradients all of whose squared lengths sum
 * to less than {@code normEps} the update is their plain mean, conflicts or not: give {@code normEps(0)} where nets come
 * near to rest.
 *
 * <p>Preferences r, given by {@link #with}, take the place of 1 / T, as TorchJD's preference vector does: the update is the sum
 * of the projections of r_i g_i.
 *
 * <p>A task without labels in the batch takes no part and gets weight 0, and T is the number of the others. A zero
 * gradient changes nothing for the others. Opposite gradients get weights that cancel; duplicate ones get equal weights.
 * One task gets weight 1. The weights are at least 1 / T (or r_i) each, and their sum is 1 where nothing conflicts: that of {@code
 * equal()} is T, so try other learning rates.
 *
 * <p>Cost: one backward signal per task and the Gram, in one pass; then T quadratic programs of T variables, 3 T^2 numbers
 * of memory.
 *
 * @param normEps the least trace of the Gram, at least 0
 * @param regEps what is added to the diagonal of the normalised Gram, from 1e-12 to 1
 * @param heads what the heads get: weight 1 unless told otherwise
 * @param preferences how much each task counts, by task name: of every task, or of none; finite, at least 0, not all 0
 */
public record UpGrad(double normEps, double regEps, Heads heads, Map<String, Double> preferences) implements Balancer {

    public UpGrad {
        DualConeGram.check("upgrad()", normEps, regEps);
        preferences = preferred(preferences).numbers();
    }

    private static Preferred preferred(Map<String, Double> preferences) {
        return new Preferred("upgrad()", preferences);
    }

    /** UPGrad with TorchJD's numbers. */
    public static UpGrad asPublished() {
        return new UpGrad(DualConeGram.DEFAULT_EPS, DualConeGram.DEFAULT_EPS, Heads.UNIT, Map.of());
    }

    /** This balancer with another least trace of the Gram, below which gradients are averaged as they are. */
    public UpGrad normEps(double eps) {
        return new UpGrad(eps, regEps, heads, preferences);
    }

    /** This balancer with another number on the diagonal of the normalised Gram. */
    public UpGrad regEps(double eps) {
        return new UpGrad(normEps, eps, heads, preferences);
    }

    /** This balancer with its weights on the heads too. */
    public UpGrad headsWeighted() {
        return new UpGrad(normEps, regEps, Heads.WEIGHTED, preferences);
    }

    /** This balancer with the preference of one more task; give every task one. */
    public UpGrad with(Task<?> task, double preference) {
        return with(task.name(), preference);
    }

    /** This balancer with the preference of one more task, by task name. */
    public UpGrad with(String task, double preference) {
        return new UpGrad(normEps, regEps, heads, preferred(preferences).with(task, preference));
    }

    @Override
    public UpGrad restrictTo(List<String> tasks) {
        return new UpGrad(normEps, regEps, heads, preferred(preferences).restrictTo(tasks));
    }

    @Override
    public Needs needs() {
        return Needs.GRAM;
    }

    @Override
    public Weighting start(List<String> tasks) {
        int capacity = tasks.size();
        Labelled labelled = new Labelled(capacity);
        NonNegative solver = new NonNegative(capacity);
        Preferred preferred = preferred(preferences);
        double[] all = preferred.of(tasks, 1);
        double[] u = new double[capacity];
        double[] q = new double[capacity];
        double[] x = new double[capacity];
        double[] sum = new double[capacity];
        Weighting formula = (step, weights) -> {
            int n = labelled.gather(step);
            double[] h = labelled.gram();
            DualConeGram.normalise(h, n, normEps, regEps);
            preferred.gather(labelled, all, n, 1.0 / n, u);
            System.arraycopy(u, 0, sum, 0, n);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    q[j] = h[i * n + j] * u[i]; // H u, with v = u + x
                }
                solver.solve(h, n, q, x);
                for (int j = 0; j < n; j++) {
                    sum[j] += x[j];
                }
            }
            labelled.spread(sum, weights);
        };
        return new Solved(formula, solver::iterations);
    }

    @Override
    public String toString() {
        return "upgrad()" + preferred(preferences).withers() + DualConeGram.withers(normEps, regEps)
                + (heads == Heads.UNIT ? "" : ".headsWeighted()");
    }
}
