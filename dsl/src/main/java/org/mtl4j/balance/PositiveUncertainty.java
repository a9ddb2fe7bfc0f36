package org.mtl4j.balance;

import java.util.List;

/**
 * Homoscedastic uncertainty with a total loss that stays positive (Liebel and Körner 2018, Auxiliary tasks in multi-task
 * learning, arXiv 1805.06334): L = sum_i (L_i / (2 sigma_i^2) + log(1 + sigma_i^2)), with s_i = log sigma_i^2 a parameter
 * that the training's optimiser trains with all others. In {@link Uncertainty} the second term is log sigma_i, which falls
 * without end as sigma_i nears 0; here it ends at 0. Written {@code uncertainty().positive()}.
 *
 * <p>The weight of task i is exp(-s_i) / 2, and the gradient by s_i is sigmoid(s_i) - exp(-s_i) L_i / 2; it is 0 where
 * sigma_i^2 = (L_i + sqrt(L_i^2 + 8 L_i)) / 4. Implementations at large train sigma_i itself, from 1; ours trains its
 * logarithm, from the same place, as {@link Uncertainty} does: sigma_i cannot cross 0, and the weights end at the same
 * numbers. The sum is over the tasks with labels in the batch: one without leaves its s_i as it is. With one task it is the
 * same.
 *
 * <p>Cost: one exponential and one trained number a task.
 *
 * @param initial the first value of every s_i
 */
public record PositiveUncertainty(double initial) implements Balancer {

    public PositiveUncertainty {
        if (!Double.isFinite(initial)) {
            throw new IllegalArgumentException(
                    "uncertainty().positive().initial(%s): it is a finite number.%nGive a log variance such as 0 or -0.5."
                            .formatted(initial));
        }
    }

    /** This balancer with another first value of every s_i. */
    public PositiveUncertainty initial(double s) {
        return new PositiveUncertainty(s);
    }

    @Override
    public Needs needs() {
        return Needs.LOSSES;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new TrainedNumbers(tasks.size(), initial) {
            @Override
            public void weigh(WeighingStep step, double[] weights) {
                for (int t = 0; t < weights.length; t++) {
                    double precision = Math.min(StrictMath.exp(-step.own(t)), Float.MAX_VALUE);
                    weights[t] = 0.5 * precision;
                    double slope = 1 / (1 + precision) - weights[t] * step.loss(t);
                    step.ownGradient(t, step.isLabelled(t) ? slope : 0);
                }
            }
        };
    }

    @Override
    public String toString() {
        return "uncertainty().positive()" + (initial == Uncertainty.DEFAULT_INITIAL ? "" : ".initial(" + initial + ")");
    }
}
