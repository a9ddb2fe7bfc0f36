package org.mtl4j.balance;

import java.util.List;

/**
 * The sum of the logarithms of the losses, L = sum_i log(L_i + e): w_i = 1 / (L_i + e) with e = {@link #EPSILON}, so that
 * no loss counts more for being measured in other units. It is the first half of dual balancing (Lin et al. 2023,
 * Dual-balancing for multi-task learning, DB-MTL, as LibMTL has it), and the scale-invariant loss of Dai, Fei and Lu 2023
 * (arXiv 2307.15429).
 *
 * <p>A loss below 0 counts as 0 and weighs 1 / e. A task without labels in the batch takes no part and weighs 0. With one
 * task it is the logarithm of its loss.
 *
 * <p>Cost: nothing beyond the losses, one division a task.
 */
public record LogLosses() implements Balancer {

    /** What is added within the logarithm, as in LibMTL. */
    public static final double EPSILON = 1e-8;

    @Override
    public Needs needs() {
        return Needs.LOSSES;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return (step, weights) -> {
            for (int t = 0; t < weights.length; t++) {
                weights[t] = step.isLabelled(t) ? slope(step.loss(t)) : 0;
            }
        };
    }

    /** The slope of log(L + e); a loss below 0 counts as 0. */
    static double slope(double loss) {
        return 1 / (Math.max(loss, 0) + EPSILON);
    }

    @Override
    public String toString() {
        return "logLosses()";
    }
}
