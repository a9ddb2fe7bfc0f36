package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.bytes.State;

/**
 * Priority-constrained descent (Not all objectives are born equal, TMLR 2026, arXiv 2606.29521; as in TorchJD 0.18): the update
 * follows the gradient of the main task as closely as it may while every other task keeps a share tau of the progress that its own
 * gradient would give it. With normalised gradients h_i = g_i / sqrt(v_i + eps), where v_i is the running mean of ||g_i||^2 without
 * its bias, d = argmin ||d - h_m||^2 / 2 under h_j . d &gt;= tau ||h_j||^2 for the others; the update is d at the length of g_m.
 *
 * <p>d = h_m + sum_j mu_j h_j, with mu &gt;= 0 by block principal pivoting on the cosines, to which 1e-10 is added on the diagonal,
 * so that gradients that depend on each other have one answer. Where no d keeps all shares, which takes two other tasks that
 * conflict, the shares are dropped and the update is g_m, as in TorchJD.
 *
 * <p>Without labels of the main task in the batch, or where its gradient is zero, the weights are 0: there is nothing to follow.
 * Another task without labels, or with a zero gradient, asks for nothing and weighs 0, and its running mean waits without labels.
 * A main gradient is left as it is by a duplicate; against an opposite one no update keeps the share, unless tau is 0, where the
 * only update that does is 0. One task weighs 1. TorchJD's tau is 0.02, its beta 0.999, its eps 1e-8.
 *
 * <p>Cost: one backward signal per task and the Gram, in one pass; then a quadratic program of T - 1 variables, 3 T^2 numbers of
 * memory, and one number a task in checkpoints.
 *
 * @param main the name of the main task
 * @param tau the share that others keep, in [0, 1]
 * @param beta how much of the running means stays in a step, in [0, 1)
 * @param eps what is added to a running mean, at least 0
 * @param heads what the heads get: weight 1 unless told otherwise
 */
public record Pcd(String main, double tau, double beta, double eps, Heads heads) implements Balancer {

    /** TorchJD's share. */
    public static final double DEFAULT_TAU = 0.02;

    /** How much of the running means stays in TorchJD. */
    public static final double DEFAULT_BETA = 0.999;

    /** What TorchJD adds to a running mean. */
    public static final double DEFAULT_EPS = 1e-8;

    /** On the diagonal of the cosines. */
    private static final double RIDGE = 1e-10;

    /** How far below its share, in units of its own length and the longest, a task may come by rounding. */
    private static final double SLACK = 1e-7;

    /** Below this share of the terms that make it, the squared length of d is rounding. */
    private static final double ROUNDING = 1e-12;

    public Pcd {
        MainTask task = task(main);
        if (!(tau >= 0 && tau <= 1)) {
            throw new IllegalArgumentException(
                    "%s.tau(%s): it is the share of its own progress that each other task keeps, from 0 to 1.%nGive %s, or more for tasks that count for more."
                            .formatted(task, tau, DEFAULT_TAU));
        }
        if (!(beta >= 0 && beta < 1)) {
            throw new IllegalArgumentException(
                    "%s.beta(%s): it is a number of at least 0 and below 1.%nGive %s, or 0 for the lengths of each batch alone."
                            .formatted(task, beta, DEFAULT_BETA));
        }
        if (!(eps >= 0 && eps < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s.eps(%s): it is a finite number of at least 0.%nGive %s, or 0 where gradients are short."
                            .formatted(task, eps, DEFAULT_EPS));
        }
    }

    private static MainTask task(String main) {
        return new MainTask("pcd", main);
    }

    /** PCD with TorchJD's numbers. */
    public static Pcd of(String main) {
        return new Pcd(main, DEFAULT_TAU, DEFAULT_BETA, DEFAULT_EPS, Heads.UNIT);
    }

    /** This balancer with another share for the other tasks. */
    public Pcd tau(double share) {
        return new Pcd(main, share, beta, eps, heads);
    }

    /** This balancer with running means of which so much stays in a step. */
    public Pcd beta(double share) {
        return new Pcd(main, tau, share, eps, heads);
    }

    /** This balancer with another number beside the running means. */
    public Pcd eps(double number) {
        return new Pcd(main, tau, beta, number, heads);
    }

    /** This balancer with its weights on the heads too. */
    public Pcd headsWeighted() {
        return new Pcd(main, tau, beta, eps, Heads.WEIGHTED);
    }

    @Override
    public Needs needs() {
        return Needs.GRAM;
    }

    @Override
    public boolean serves(List<String> tasks) {
        return tasks.contains(main);
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new Following(task(main).in(tasks), tasks.size());
    }

    /** Mutable: the running means of squared lengths, and room for a step. */
    private final class Following implements Weighting {

        private final int m;
        private final double[] means;
        private final double[] seen;
        private final double[] scales;
        private final double[] lengths;
        private final int[] others;
        private final double[] cosines;
        private final double[] q;
        private final double[] mu;
        private final NonNegative solver;

        Following(int m, int tasks) {
            this.m = m;
            means = new double[tasks];
            seen = new double[tasks];
            scales = new double[tasks];
            lengths = new double[tasks];
            others = new int[tasks];
            cosines = new double[tasks * tasks];
            q = new double[tasks];
            mu = new double[tasks];
            solver = new NonNegative(tasks);
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            Arrays.fill(weights, 0);
            hearLengths(step);
            double square = step.isLabelled(m) ? step.gram(m, m) : 0;
            if (!(square > 0)) {
                return;
            }
            weights[m] = 1;
            int n = gather(step);
            solver.solve(cosines, n, q, mu);
            if (!keepsShares(n)) {
                return;
            }
            double length = squaredLength(step, n, square);
            weights[m] = length > 0 ? scales[m] * Math.sqrt(square / length) : 0;
            for (int j = 0; j < n; j++) {
                weights[others[j]] = length > 0 ? mu[j] * Math.sqrt(square / length) / lengths[others[j]] : 0;
            }
        }

        /** Moves the running means, and writes the lengths and the scales 1 / sqrt(v + eps). */
        private void hearLengths(WeighingStep step) {
            for (int t = 0; t < means.length; t++) {
                lengths[t] = Math.sqrt(step.gram(t, t));
                if (step.isLabelled(t)) {
                    means[t] = beta * means[t] + (1 - beta) * step.gram(t, t);
                    seen[t] = beta * seen[t] + (1 - beta); // 1 - beta^steps
                }
                double root = seen[t] > 0 ? Math.sqrt(means[t] / seen[t] + eps) : 0;
                scales[t] = root > 0 ? 1 / root : 0;
            }
        }

        /** The other tasks that move, their cosines, and -b by their lengths; answers how many. */
        private int gather(WeighingStep step) {
            int n = 0;
            for (int t = 0; t < means.length; t++) {
                if (t != m && step.isLabelled(t) && step.gram(t, t) > 0) {
                    others[n++] = t;
                }
            }
            for (int i = 0; i < n; i++) {
                double own = lengths[others[i]];
                for (int j = 0; j < n; j++) {
                    double cosine = step.gram(others[i], others[j]) / own / lengths[others[j]];
                    cosines[i * n + j] = i == j ? 1 + RIDGE : cosine;
                }
                q[i] = scales[m] * (step.gram(others[i], m) / own) - tau * (scales[others[i]] * own);
            }
            return n;
        }

        /** Whether d gives each other task its share: else no update does. */
        private boolean keepsShares(int n) {
            double longest = scales[m] * lengths[m];
            for (int j = 0; j < n; j++) {
                longest = Math.max(longest, scales[others[j]] * lengths[others[j]]);
            }
            for (int i = 0; i < n; i++) {
                double slack = q[i];
                for (int j = 0; j < n; j++) {
                    slack += (i == j ? 1 : cosines[i * n + j]) * mu[j];
                }
                if (slack < -SLACK * longest) {
                    return false;
                }
            }
            return true;
        }

        /** ||d||^2, 0 where that is rounding. */
        private double squaredLength(WeighingStep step, int n, double square) {
            double own = scales[m] * Math.sqrt(square);
            double sum = own * own;
            double size = own;
            for (int i = 0; i < n; i++) {
                sum += 2 * mu[i] * scales[m] * (step.gram(others[i], m) / lengths[others[i]]);
                size += mu[i];
                for (int j = 0; j < n; j++) {
                    sum += mu[i] * mu[j] * (i == j ? 1 : cosines[i * n + j]);
                }
            }
            return sum > ROUNDING * size * size ? sum : 0;
        }

        @Override
        public long iterations() {
            return solver.iterations();
        }

        @Override
        public void state(State state) {
            state.reals("pcd means", means);
            state.reals("pcd seen", seen);
        }
    }

    @Override
    public String toString() {
        return task(main)
                + (tau == DEFAULT_TAU ? "" : ".tau(" + tau + ")")
                + (beta == DEFAULT_BETA ? "" : ".beta(" + beta + ")")
                + (eps == DEFAULT_EPS ? "" : ".eps(" + eps + ")")
                + (heads == Heads.UNIT ? "" : ".headsWeighted()");
    }
}
