package org.mtl4j.balance;

import java.util.List;

/**
 * Fair resource allocation (Ban and Ji 2024, equation 4 and algorithm 1): the update d = sum_i w_i g_i with w &gt; 0 and G w =
 * w^(-1 / alpha), element by element, which is where sum_i (g_i . d)^(1 - alpha) / (1 - alpha) is greatest over a ball.
 * alpha = 1 is proportional fairness, {@link NashMtl}'s; the larger alpha is, the more the worst-served task counts; towards
 * 0 it counts no more than others.
 *
 * <p>The solution is exact up to rounding, by Newton's method, whatever the lengths of the gradients. (The least squares of
 * the official code, LibMTL and TorchJD are up to 45 times off where lengths are unlike.) The update conflicts with no
 * task. Gradients c times as long have weights c^(-2 alpha / (1 + alpha)) times as large.
 *
 * <p>Where the gradients can cancel (opposite ones; a sum of them with positive factors is zero) there is no solution: the
 * weights are then those of orthogonal gradients of these lengths, w_i = ||g_i||^(-2 alpha / (1 + alpha)), where the official
 * code gives what its solver stopped at. Duplicate gradients get equal weights. A labelled task whose gradient is zero
 * takes no part in the equations and gets weight 1, one without labels gets 0. One task: the formula of orthogonal ones.
 *
 * <p>Cost: one backward signal per task and the Gram, in one pass; then about 5 to 10 Newton steps of T^3 / 6 products, 3
 * T^2 numbers of memory.
 *
 * @param alpha from 0.5 to 10
 * @param heads what the heads get: weight 1 as for other gradient methods; the official code weighs them too
 */
public record FairGrad(double alpha, Heads heads) implements Balancer {

    private static final double LEAST_ALPHA = 0.5;
    private static final double MOST_ALPHA = 10;

    public FairGrad {
        if (!(alpha >= LEAST_ALPHA && alpha <= MOST_ALPHA)) {
            throw new IllegalArgumentException(
                    "fairgrad(%s): alpha is a number from %s to %s.%nGive 1 for proportional fairness, or more for the worst-served task."
                            .formatted(alpha, LEAST_ALPHA, MOST_ALPHA));
        }
    }

    /** FairGrad of this alpha. */
    public static FairGrad of(double alpha) {
        return new FairGrad(alpha, Heads.UNIT);
    }

    /** This balancer with its weights on the heads too, as in the official code. */
    public FairGrad headsWeighted() {
        return new FairGrad(alpha, Heads.WEIGHTED);
    }

    @Override
    public Needs needs() {
        return Needs.GRAM;
    }

    @Override
    public Weighting start(List<String> tasks) {
        Labelled labelled = new Labelled(tasks.size());
        FairShares solver = new FairShares(tasks.size());
        double[] solution = new double[tasks.size()];
        double power = 1 / alpha;
        Weighting formula = (step, weights) -> {
            int n = labelled.gatherMoving(step);
            if (!solver.solve(labelled.gram(), n, power, solution)) {
                FairShares.alone(labelled.gram(), n, power, solution);
            }
            for (int t = 0; t < weights.length; t++) {
                weights[t] = step.isLabelled(t) ? 1 : 0;
            }
            labelled.put(solution, weights);
        };
        return new Solved(formula, solver::iterations);
    }

    @Override
    public String toString() {
        return "fairgrad(" + alpha + ")" + (heads == Heads.UNIT ? "" : ".headsWeighted()");
    }
}
