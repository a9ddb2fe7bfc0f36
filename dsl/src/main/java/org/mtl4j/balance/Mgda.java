package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;

/**
 * Multiple-gradient descent (Désidéri 2012; Sener and Koltun 2018, eq. 3): the update is the shortest vector in the
 * convex hull of the task gradients, argmin ||sum_i a_i g_i||^2 over a_i &gt;= 0, sum_i a_i = 1. It conflicts with no task
 * (d . g_i &gt;= ||d||^2 for every i), and is 0 where no direction lowers all losses: at a Pareto-stationary point.
 *
 * <p>The solution is exact: in closed form for two tasks, else by Wolfe's algorithm. (LibMTL holds the weights of two
 * tasks to 0.001 .. 0.999 and fails on one task; the 100 Frank-Wolfe steps of TorchJD stop up to 14 % above the
 * minimum.) The weights sum to 1 where those of {@code equal()} sum to the number of tasks: try other learning rates.
 *
 * <p>A normalisation finds the shortest vector between the u_i = g_i / n_i instead, so that the least of the tasks does
 * not decide alone: {@link #l2} n_i = ||g_i||, {@link #loss} n_i = |L_i|, {@link #lossPlus} n_i = |L_i| ||g_i||, as in the
 * authors' code and LibMTL's {@code mgda_gn} (they take L_i; the absolute value keeps a negative loss from turning its
 * gradient around). The update is sum_i a_i u_i, as in LibMTL: the weights are w_i = a_i / n_i, and no task is conflicted
 * with. The authors' code applies the a_i to the gradients as they are, which gives that promise up:
 * {@link #unnormalisedUpdate}.
 *
 * <p>A task without labels in the batch takes no part and gets weight 0. A labelled task whose gradient is zero makes the
 * update zero, as the definition says; under a normalisation a task with n_i = 0 takes no part.
 *
 * <p>Cost: one backward signal per task and the Gram, in one pass; then one solve of T variables, 3 T^2 numbers of memory.
 *
 * @param normalisation what gradients are divided by
 * @param update which gradients the solution is applied to
 * @param heads what the heads get: weight 1 unless told otherwise
 */
public record Mgda(Normalisation normalisation, Update update, Heads heads) implements Balancer {

    /** What the gradient of a task is divided by before the shortest vector is sought. */
    public enum Normalisation {
        /** 1. */
        NONE(""),
        /** The length of the gradient. */
        L2(".l2()"),
        /** The loss. */
        LOSS(".loss()"),
        /** The loss times the length of the gradient. */
        LOSS_PLUS(".lossPlus()");

        private final String word;

        Normalisation(String word) {
            this.word = word;
        }

        private double of(WeighingStep step, int task) {
            return switch (this) {
                case NONE -> 1;
                case L2 -> Math.sqrt(step.gram(task, task));
                case LOSS -> Math.abs(step.loss(task));
                case LOSS_PLUS -> Math.abs(step.loss(task)) * Math.sqrt(step.gram(task, task));
            };
        }
    }

    /** Which gradients the solution is applied to. */
    public enum Update {
        /** The normalised ones: the shortest vector itself. */
        NORMALISED,
        /** The gradients as they are. */
        UNNORMALISED
    }

    /** MGDA as published. */
    public static Mgda asPublished() {
        return new Mgda(Normalisation.NONE, Update.NORMALISED, Heads.UNIT);
    }

    /** This balancer on gradients of length 1. */
    public Mgda l2() {
        return new Mgda(Normalisation.L2, update, heads);
    }

    /** This balancer on gradients over losses, which are those of log L_i. */
    public Mgda loss() {
        return new Mgda(Normalisation.LOSS, update, heads);
    }

    /** This balancer on gradients over losses and lengths. */
    public Mgda lossPlus() {
        return new Mgda(Normalisation.LOSS_PLUS, update, heads);
    }

    /** This balancer with its solution applied to the gradients as they are, as in Sener and Koltun's code. */
    public Mgda unnormalisedUpdate() {
        return new Mgda(normalisation, Update.UNNORMALISED, heads);
    }

    /** This balancer with its weights on the heads too. */
    public Mgda headsWeighted() {
        return new Mgda(normalisation, update, Heads.WEIGHTED);
    }

    @Override
    public Needs needs() {
        return Needs.GRAM;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new Solving(tasks.size());
    }

    /** Mutable: room for one step after another. */
    private final class Solving implements Weighting {

        private final MinNorm minNorm;
        private final int[] taking;
        private final double[] norms;
        private final double[] gram;
        private final double[] solution;

        Solving(int tasks) {
            minNorm = new MinNorm(tasks);
            taking = new int[tasks];
            norms = new double[tasks];
            gram = new double[tasks * tasks];
            solution = new double[tasks];
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            Arrays.fill(weights, 0);
            int n = takePart(step);
            if (n == 0) {
                return;
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    // one division after the other: no product of tiny norms underflows
                    gram[i * n + j] = step.gram(taking[i], taking[j]) / norms[i] / norms[j];
                }
            }
            minNorm.solve(gram, n, solution);
            for (int i = 0; i < n; i++) {
                weights[taking[i]] = update == Update.NORMALISED ? solution[i] / norms[i] : solution[i];
            }
        }

        @Override
        public long iterations() {
            return minNorm.iterations();
        }

        /** Lists the tasks that take part, and what their gradients are divided by; answers how many. */
        private int takePart(WeighingStep step) {
            int n = 0;
            for (int t = 0; t < step.tasks(); t++) {
                double norm = normalisation.of(step, t);
                if (step.isLabelled(t) && norm > 0) {
                    taking[n] = t;
                    norms[n++] = norm;
                }
            }
            return n;
        }
    }

    @Override
    public String toString() {
        return "mgda()"
                + normalisation.word
                + (update == Update.NORMALISED ? "" : ".unnormalisedUpdate()")
                + (heads == Heads.UNIT ? "" : ".headsWeighted()");
    }
}
