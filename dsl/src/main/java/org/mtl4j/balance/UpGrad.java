package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;

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
 * <p>A task without labels in the batch takes no part and gets weight 0, and T is the number of the others. A zero
 * gradient changes nothing for the others. Opposite gradients get weights that cancel; duplicate ones get equal weights.
 * One task gets weight 1. The weights are at least 1 / T each, and their sum is 1 where nothing conflicts: that of {@code
 * equal()} is T, so try other learning rates.
 *
 * <p>Cost: one backward signal per task and the Gram, in one pass; then T quadratic programs of T variables, 3 T^2 numbers
 * of memory.
 *
 * @param normEps the least trace of the Gram, at least 0
 * @param regEps what is added to the diagonal of the normalised Gram, from 1e-12 to 1
 * @param heads what the heads get: weight 1 unless told otherwise
 */
public record UpGrad(double normEps, double regEps, Heads heads) implements Balancer {

    public UpGrad {
        DualConeGram.check("upgrad()", normEps, regEps);
    }

    /** UPGrad with TorchJD's numbers. */
    public static UpGrad asPublished() {
        return new UpGrad(DualConeGram.DEFAULT_EPS, DualConeGram.DEFAULT_EPS, Heads.UNIT);
    }

    /** This balancer with another least trace of the Gram, below which gradients are averaged as they are. */
    public UpGrad normEps(double eps) {
        return new UpGrad(eps, regEps, heads);
    }

    /** This balancer with another number on the diagonal of the normalised Gram. */
    public UpGrad regEps(double eps) {
        return new UpGrad(normEps, eps, heads);
    }

    /** This balancer with its weights on the heads too. */
    public UpGrad headsWeighted() {
        return new UpGrad(normEps, regEps, Heads.WEIGHTED);
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
        double[] q = new double[capacity];
        double[] x = new double[capacity];
        double[] sum = new double[capacity];
        Weighting formula = (step, weights) -> {
            int n = labelled.gather(step);
            double[] h = labelled.gram();
            DualConeGram.normalise(h, n, normEps, regEps);
            Arrays.fill(sum, 1.0 / n);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    q[j] = h[i * n + j] / n; // H u, with v = u + x
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
        return "upgrad()" + DualConeGram.withers(normEps, regEps) + (heads == Heads.UNIT ? "" : ".headsWeighted()");
    }
}
