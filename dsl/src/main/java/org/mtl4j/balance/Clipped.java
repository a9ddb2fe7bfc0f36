package org.mtl4j.balance;

import java.util.List;

/**
 * Weights within bounds: a weight below the one is that one, a weight above the other is the other. They are not brought back to
 * the sum that they had. Written {@code dwa().clipped(0.5, 2)}.
 *
 * <p>A task without labels in the batch gets the lower bound where the method gives it less, which reaches nothing. A method that
 * makes its update of the gradients themselves has no weights to clip, and is an error.
 *
 * <p>Cost: nothing to speak of.
 *
 * @param inner the method
 * @param low the least weight
 * @param high the greatest weight
 */
public record Clipped(Balancer inner, double low, double high) implements Wrapper {

    public Clipped {
        if (!(low <= high && Double.isFinite(low) && Double.isFinite(high))) {
            throw new IllegalArgumentException(
                    "%s.clipped(%s, %s): they are finite numbers, the second at least the first.%nGive the least weight and the greatest: clipped(0.1, 10)."
                            .formatted(inner, low, high));
        }
    }

    @Override
    public Balancer around(Balancer other) {
        return new Clipped(other, low, high);
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new Wrapping(this, startWeights(tasks, "clipped"), tasks.size()) {
            @Override
            public void weigh(WeighingStep step, double[] weights) {
                inner.weigh(step, weights);
                for (int t = 0; t < weights.length; t++) {
                    weights[t] = Math.min(Math.max(weights[t], low), high);
                }
            }
        };
    }

    @Override
    public String toString() {
        return inner + ".clipped(" + low + ", " + high + ")";
    }
}
