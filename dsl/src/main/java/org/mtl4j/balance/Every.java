package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.bytes.State;

/**
 * Weights that are computed every so many steps and kept between. With {@link Smoothed} inside it is PSMGD (Xu, Ju, Liu and
 * Yang 2025, Periodic stochastic multi-gradient descent for fast multi-objective optimization, AAAI, arXiv 2412.10961): {@code
 * mgda().smoothed(alpha).every(R)} has w_t = alpha w_(t-R) + (1 - alpha) v_t where R divides t, with v_t the weights of MGDA, and
 * w_t = w_(t-1) elsewhere, as in the paper's algorithm; {@code mgda().every(R)} is the same with alpha = 0. {@code psmgd(R,
 * alpha)} is a word for that line.
 *
 * <p>A batch of a step of several ({@code accumulate}) counts by itself. A task without labels in the batch keeps the weight
 * that it had; as soon as a batch has labels of one that has had none yet, all are computed. A loss method sees the steps
 * between too, so that what it remembers and trains goes on; a gradient method does not. The heads' weights are kept as well.
 * A method that makes its update of the gradients themselves has no weights to keep, and is an error.
 *
 * <p>Cost: of a gradient method, that of the method in one step of so many; the others are one backward pass with the weighted
 * losses, no Gram. Layers of a single task (not heads) are passed twice there. Conflict is then recorded at the steps that form a
 * Gram.
 *
 * @param inner the method
 * @param steps how long weights are kept, at least 1
 */
public record Every(Balancer inner, int steps) implements Wrapper {

    public Every {
        if (steps < 1) {
            throw new IllegalArgumentException(
                    "%s.every(%d): it is a number of steps, at least 1.%nGive how many steps weights are kept for."
                            .formatted(inner, steps));
        }
    }

    @Override
    public Balancer around(Balancer other) {
        return new Every(other, steps);
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new Keeping(startWeights(tasks, "kept"), tasks.size());
    }

    /** Mutable: the weights, of tasks and of heads, and for how many steps they are kept still. */
    private final class Keeping extends Wrapping {

        private final double[] kept;
        private final double[] keptHeads;
        private final double[] fresh;
        private long left;

        Keeping(Weighting inner, int tasks) {
            super(Every.this, inner, tasks);
            kept = new double[tasks];
            keptHeads = new double[tasks];
            fresh = new double[tasks];
            Arrays.fill(kept, Double.NaN);
            Arrays.fill(keptHeads, 1);
        }

        private boolean isDue(WeighingStep step) {
            boolean isDue = left == 0;
            for (int t = 0; t < kept.length; t++) {
                isDue |= step.isLabelled(t) && Double.isNaN(kept[t]);
            }
            return isDue;
        }

        @Override
        public boolean readsGradients(WeighingStep step) {
            return isDue(step) && inner.readsGradients(step);
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            if (isDue(step)) {
                inner.weigh(step, weights);
                inner.weighHeads(fresh);
                keep(step, weights);
                left = steps;
            } else {
                lookOn(step);
                Arrays.fill(weights, 0); // of tasks that had no label so far, and have none here
            }
            left--;
            for (int t = 0; t < kept.length; t++) {
                weights[t] = Double.isNaN(kept[t]) ? weights[t] : kept[t];
            }
        }

        private void keep(WeighingStep step, double[] weights) {
            for (int t = 0; t < kept.length; t++) {
                if (step.isLabelled(t)) {
                    kept[t] = weights[t];
                    keptHeads[t] = fresh[t];
                }
            }
        }

        @Override
        public void weighHeads(double[] factors) {
            System.arraycopy(keptHeads, 0, factors, 0, factors.length);
        }

        @Override
        public void state(State state) {
            left = state.number("every, steps left", left);
            state.reals("every, weights", kept);
            state.reals("every, heads", keptHeads);
            super.state(state);
        }
    }

    @Override
    public String toString() {
        return inner + ".every(" + steps + ")";
    }
}
