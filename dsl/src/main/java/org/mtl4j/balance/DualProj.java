package org.mtl4j.balance;

import java.util.List;
import java.util.Map;
import org.mtl4j.task.Task;

/**
 * The mean gradient, projected onto the dual cone of all gradients: the update nearest to the mean that conflicts with no
 * task. With the mean in place of the newest task's gradient it is equation 11 of gradient episodic memory (Lopez-Paz and
 * Ranzato 2017), as TorchJD's {@code DualProj} and Quinton and Rey (2024) have it.
 *
 * <p>The weights are v = argmin v^T G v over v_i &gt;= 1 / T (proposition 1 of Quinton and Rey), exact up to rounding, by
 * block principal pivoting. G is normalised as for {@link UpGrad}, by {@link #normEps} and {@link #regEps}; see there for
 * what that leaves.
 *
 * <p>Preferences r, given by {@link #with}, take the place of 1 / T, as TorchJD's preference vector does: what is projected is
 * sum_i r_i g_i.
 *
 * <p>A task without labels in the batch takes no part and gets weight 0, and T is the number of the others. A zero
 * gradient changes nothing for the others. Opposite gradients of one length have a mean of zero, which stays; duplicate
 * gradients get equal weights. One task gets weight 1. The weights are at least 1 / T (or r_i) each, and their sum is 1 where the
 * mean conflicts with no task: that of {@code equal()} is T, so try other learning rates.
 *
 * <p>Cost: one backward signal per task and the Gram, in one pass; then one quadratic program of T variables, 3 T^2
 * numbers of memory.
 *
 * @param normEps the least trace of the Gram, at least 0
 * @param regEps what is added to the diagonal of the normalised Gram, from 1e-12 to 1
 * @param heads what the heads get: weight 1 unless told otherwise
 * @param preferences how much each task counts, by task name: of every task, or of none; finite, at least 0, not all 0
 */
public record DualProj(double normEps, double regEps, Heads heads, Map<String, Double> preferences)
        implements Balancer {

    public DualProj {
        DualConeGram.check("dualproj()", normEps, regEps);
        preferences = preferred(preferences).numbers();
    }

    private static Preferred preferred(Map<String, Double> preferences) {
        return new Preferred("dualproj()", preferences);
    }

    /** DualProj with TorchJD's numbers. */
    public static DualProj asPublished() {
        return new DualProj(DualConeGram.DEFAULT_EPS, DualConeGram.DEFAULT_EPS, Heads.UNIT, Map.of());
    }

    /** This balancer with another least trace of the Gram, below which gradients are averaged as they are. */
    public DualProj normEps(double eps) {
        return new DualProj(eps, regEps, heads, preferences);
    }

    /** This balancer with another number on the diagonal of the normalised Gram. */
    public DualProj regEps(double eps) {
        return new DualProj(normEps, eps, heads, preferences);
    }

    /** This balancer with its weights on the heads too. */
    public DualProj headsWeighted() {
        return new DualProj(normEps, regEps, Heads.WEIGHTED, preferences);
    }

    /** This balancer with the preference of one more task; give every task one. */
    public DualProj with(Task<?> task, double preference) {
        return with(task.name(), preference);
    }

    /** This balancer with the preference of one more task, by task name. */
    public DualProj with(String task, double preference) {
        return new DualProj(normEps, regEps, heads, preferred(preferences).with(task, preference));
    }

    @Override
    public DualProj restrictTo(List<String> tasks) {
        return new DualProj(normEps, regEps, heads, preferred(preferences).restrictTo(tasks));
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
        Weighting formula = (step, weights) -> {
            int n = labelled.gather(step);
            double[] h = labelled.gram();
            DualConeGram.normalise(h, n, normEps, regEps);
            preferred.gather(labelled, all, n, 1.0 / n, u);
            for (int i = 0; i < n; i++) {
                q[i] = 0;
                for (int j = 0; j < n; j++) {
                    q[i] += h[i * n + j] * u[j]; // H u, with v = u + x
                }
            }
            solver.solve(h, n, q, x);
            for (int i = 0; i < n; i++) {
                x[i] += u[i];
            }
            labelled.spread(x, weights);
        };
        return new Solved(formula, solver::iterations);
    }

    @Override
    public String toString() {
        return "dualproj()" + preferred(preferences).withers() + DualConeGram.withers(normEps, regEps)
                + (heads == Heads.UNIT ? "" : ".headsWeighted()");
    }
}
