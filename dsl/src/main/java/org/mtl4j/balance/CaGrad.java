package org.mtl4j.balance;

import java.util.List;

/**
 * Conflict-averse gradient descent (Liu, Liu, Jin, Stone and Liu 2021): of all updates no farther than c ||g_0|| from the
 * mean gradient g_0, the one that lowers the worst-served task most, d = argmax min_i g_i . d over ||d - g_0|| &lt;= c ||g_0||.
 *
 * <p>By algorithm 1, d = g_0 + (c ||g_0|| / ||g_w||) g_w, with g_w = sum_i w_i g_i and w the minimum of F(w) = g_w . g_0 +
 * c ||g_0|| ||g_w|| over w_i &gt;= 0, sum_i w_i = 1. It is divided by 1 + c^2, as the official code and LibMTL do
 * ({@code rescale=1}); {@link #withoutRescale} is their 0 and TorchJD's, {@link #linearRescale} their 2, which divides by 1 +
 * c. The weights are (1 / T + c ||g_0|| w_i / ||g_w||) over that divisor: their sum is near 1 where that of {@code equal()}
 * is T, so try other learning rates. c = 0 is the mean gradient; the larger c, the nearer to {@code mgda()}'s direction.
 *
 * <p>The solution is exact up to rounding: in closed form for two tasks, else by a root over shortest vectors. (LibMTL's
 * SLSQP stops up to 7e-4 off and fails on gradients of unlike lengths; TorchJD answers 0 there.)
 *
 * <p>Where g_w = 0 the formula is undefined: the gradients can cancel, or a labelled task's gradient is zero, so no update
 * lowers all losses. Then d is the update nearest to g_0 that conflicts with no task, which is still a solution of the
 * first formula (LibMTL: g_0 itself; TorchJD: 0, which is outside the ball). That is taken to be so where ||g_w|| is below
 * 1e-7 times sum_i w_i ||g_i||, about what single precision can tell from 0. Opposite gradients of one length have g_0 = 0,
 * and so no update; duplicate ones share their weight. One task gets weight 1 + c over the divisor. A task without labels
 * in the batch takes no part and gets weight 0, and T is the number of the others.
 *
 * <p>Cost: one backward signal per task and the Gram, in one pass; then a few shortest vectors between T points, 6 T^2
 * numbers of memory.
 *
 * @param c the radius of the ball, in ||g_0||; at least 0, and below 1 for the paper's proof of convergence
 * @param rescale what the update is divided by
 * @param heads what the heads get: weight 1 unless told otherwise
 */
public record CaGrad(double c, Rescale rescale, Heads heads) implements Balancer {

    /** The radius where none is given, as in the official code and LibMTL. */
    public static final double DEFAULT_C = 0.5;

    /** What the update is divided by. */
    public enum Rescale {
        /** 1. */
        NONE(".withoutRescale()"),
        /** 1 + c^2. */
        SQUARE(""),
        /** 1 + c. */
        LINEAR(".linearRescale()");

        private final String word;

        Rescale(String word) {
            this.word = word;
        }

        private double divisor(double c) {
            return switch (this) {
                case NONE -> 1;
                case SQUARE -> 1 + c * c;
                case LINEAR -> 1 + c;
            };
        }
    }

    public CaGrad {
        if (!(c >= 0 && c < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "cagrad(%s): c is a finite number of at least 0.%nGive 0.5, or less for an update nearer to the mean gradient."
                            .formatted(c));
        }
    }

    /** CAGrad with this radius, divided as in the official code. */
    public static CaGrad of(double c) {
        return new CaGrad(c, Rescale.SQUARE, Heads.UNIT);
    }

    /** This balancer with the update as it is. */
    public CaGrad withoutRescale() {
        return new CaGrad(c, Rescale.NONE, heads);
    }

    /** This balancer with the update over 1 + c. */
    public CaGrad linearRescale() {
        return new CaGrad(c, Rescale.LINEAR, heads);
    }

    /** This balancer with its weights on the heads too. */
    public CaGrad headsWeighted() {
        return new CaGrad(c, rescale, Heads.WEIGHTED);
    }

    @Override
    public Needs needs() {
        return Needs.GRAM;
    }

    @Override
    public Weighting start(List<String> tasks) {
        Labelled labelled = new Labelled(tasks.size());
        ConflictAverse solver = new ConflictAverse(tasks.size());
        double[] solution = new double[tasks.size()];
        double divisor = rescale.divisor(c);
        Weighting formula = (step, weights) -> {
            int n = labelled.gather(step);
            solver.solve(labelled.gram(), n, c, solution);
            for (int i = 0; i < n; i++) {
                solution[i] = (1.0 / n + solution[i]) / divisor;
            }
            labelled.spread(solution, weights);
        };
        return new Solved(formula, solver::iterations);
    }

    @Override
    public String toString() {
        return "cagrad(" + (c == DEFAULT_C ? "" : c) + ")" + rescale.word
                + (heads == Heads.UNIT ? "" : ".headsWeighted()");
    }
}
