package org.mtl4j.balance;

import java.util.List;

/**
 * Homoscedastic uncertainty (Kendall, Gal and Cipolla 2018, section 3, eq. 7 and 10): L = sum_i (exp(-s_i) L_i + s_i) / 2
 * with s_i = log sigma_i^2 a parameter that the training's optimiser trains with all others.
 *
 * <p>The weight of task i is exp(-s_i) / 2, and the gradient by s_i is (1 - exp(-s_i) L_i) / 2. One form serves all
 * kinds of loss, as in LibMTL and TorchJD (the paper has exp(-s_i) L_i without the half for classes). A task without
 * labels in a batch has L_i = 0 and keeps its place in the sum.
 *
 * <p>Cost: one exponential and one trained number a task.
 *
 * @param initial the first value of every s_i: 0 as in TorchJD; LibMTL begins at -0.5
 */
public record Uncertainty(double initial) implements Balancer {

    /** The first value of every s_i where none is given. */
    public static final double DEFAULT_INITIAL = 0;

    public Uncertainty {
        if (!Double.isFinite(initial)) {
            throw new IllegalArgumentException(
                    "uncertainty().initial(%s): it is a finite number.%nGive a log variance such as 0 or -0.5."
                            .formatted(initial));
        }
    }

    /** This balancer with another first value of every s_i. */
    public Uncertainty initial(double s) {
        return new Uncertainty(s);
    }

    /** This balancer with log(1 + sigma_i^2) in place of log sigma_i, so that the total loss stays positive. */
    public PositiveUncertainty positive() {
        return new PositiveUncertainty(initial);
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
                    double precision = StrictMath.exp(-step.own(t));
                    weights[t] = 0.5 * precision;
                    step.ownGradient(t, 0.5 - 0.5 * precision * step.loss(t));
                }
            }
        };
    }

    @Override
    public String toString() {
        return "uncertainty()" + (initial == DEFAULT_INITIAL ? "" : ".initial(" + initial + ")");
    }
}
