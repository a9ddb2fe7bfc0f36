package org.mtl4j.balance;

import java.util.List;

/**
 * The mean gradient, projected onto the dual cone of all gradients: the update nearest to the mean that conflicts with no
 * task. With the mean in place of the newest task's gradient it is equation 11 of gradient episodic memory (Lopez-Paz and
 * Ranzato 2017), as TorchJD's {@code DualProj} and Quinton and Rey (2024) have it.
 *
 * <p>The weights are v = argmin v^T G v over v_i &gt;= 1 / T (proposition 1 of Quinton and Rey), exact up to rounding, by
 * block principal pivoting. G is normalised as for {@link UpGrad}, by {@link #normEps} and {@link #regEps}; see there for
 * what that leaves.
 *
 * <p>A task without labels in the batch takes no part and gets weight 0, and T is the number of the others. A zero
 * gradient changes nothing for the others. Opposite gradients of one length have a mean of zero, which stays; duplicate
 * gradients get equal weights. One task gets weight 1. The weights are at least 1 / T each, and their sum is 1 where the
 * mean conflicts with no task: that of {@code equal()} is T, so try other learning rates.
 *
 * <p>Cost: one backward signal per task and the Gram, in one pass; then one quadratic program of T variables, 3 T^2
 * numbers of memory.
 *
 * @param normEps the least trace of the Gram, at least 0
 * @param regEps what is added to the diagonal of the normalised Gram, from 1e-12 to 1
 * @param heads what the heads get: weight 1 unless told otherwise
 */
public record DualProj(double normEps, double regEps, Heads heads) implements Balancer {

    public DualProj {
        DualConeGram.check("dualproj()", normEps, regEps);
    }

    /** DualProj with TorchJD's numbers. */
    public static DualProj asPublished() {
        return new DualProj(DualConeGram.DEFAULT_EPS, DualConeGram.DEFAULT_EPS, Heads.UNIT);
    }

    /** This balancer with another least trace of the Gram, below which gradients are averaged as they are. */
    public DualProj normEps(double eps) {
        return new DualProj(eps, regEps, heads);
    }

    /** This balancer with another number on the diagonal of the normalised Gram. */
    public DualProj regEps(double eps) {
        return new DualProj(normEps, eps, heads);
    }

    /** This balancer with its weights on the heads too. */
    public DualProj headsWeighted() {
        return new DualProj(normEps, regEps, Heads.WEIGHTED);
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
        Weighting formula = (step, weights) -> {
            int n = labelled.gather(step);
            double[] h = labelled.gram();
            DualConeGram.normalise(h, n, normEps, regEps);
            for (int i = 0; i < n; i++) {
                q[i] = 0;
                for (int j = 0; j < n; j++) {
                    q[i] += h[i * n + j] / n; // H u, with v = u + x
                }
            }
            solver.solve(h, n, q, x);
            for (int i = 0; i < n; i++) {
                x[i] += 1.0 / n;
            }
            labelled.spread(x, weights);
        };
        return new Solved(formula, solver::iterations);
    }

    @Override
    public String toString() {
        return "dualproj()" + DualConeGram.withers(normEps, regEps) + (heads == Heads.UNIT ? "" : ".headsWeighted()");
    }
}
