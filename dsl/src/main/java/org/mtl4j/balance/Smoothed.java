package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.bytes.State;

/**
 * An exponential mean of the weights over the steps, m_k = beta m_(k-1) + (1 - beta) w_k: CR-MOGM (Zhou et al. 2022, On the
 * convergence of stochastic multi-objective gradient manipulation and beyond, NeurIPS), which takes weights off the noise of the
 * batch that they are used on. Formula and default are TorchJD's {@code CRMOGMWeighting}: m_1 = w_1. The paper lets beta rise to 1
 * as the learning rate falls; it is one number here, as there.
 *
 * <p>A task without labels in the batch keeps its mean; the first weight that a task gets with labels is its first mean. The
 * mean of weights that sum to a number sums to it too. What heads get where they are not weighted is left as it is. A method that
 * makes its update of the gradients themselves has no weights to smooth, and is an error.
 *
 * <p>Cost: one number a task.
 *
 * @param inner the method
 * @param beta how much of the mean stays in a step, in [0, 1); 0 changes nothing but for tasks without labels
 */
public record Smoothed(Balancer inner, double beta) implements Wrapper {

    /** How much of the mean stays where nothing is said, as in TorchJD. */
    public static final double DEFAULT_BETA = 0.9;

    public Smoothed {
        if (!(beta >= 0 && beta < 1)) {
            throw new IllegalArgumentException(
                    "%s.smoothed(%s): it is a number of at least 0 and below 1.%nGive 0.9, or less for a mean over fewer steps."
                            .formatted(inner, beta));
        }
    }

    @Override
    public Balancer around(Balancer other) {
        return new Smoothed(other, beta);
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new Smoothing(startWeights(tasks, "smoothed"), tasks.size());
    }

    /** Mutable: the means. */
    private final class Smoothing extends Wrapping {

        private final double[] means;

        Smoothing(Weighting inner, int tasks) {
            super(Smoothed.this, inner, tasks);
            means = new double[tasks];
            Arrays.fill(means, Double.NaN);
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            inner.weigh(step, weights);
            for (int t = 0; t < means.length; t++) {
                if (step.isLabelled(t)) {
                    means[t] = Double.isNaN(means[t]) ? weights[t] : beta * means[t] + (1 - beta) * weights[t];
                }
                weights[t] = Double.isNaN(means[t]) ? weights[t] : means[t];
            }
        }

        @Override
        public void state(State state) {
            state.reals("smoothed, means", means);
            super.state(state);
        }
    }

    @Override
    public String toString() {
        return inner + ".smoothed(" + beta + ")";
    }
}
