package org.mtl4j.balance;

import java.util.List;

/**
 * Soft optimal uncertainty weighting, UW-SO (Kirchdorfer et al. 2024, Analytical uncertainty-based loss weighting in
 * multi-task learning, arXiv 2408.07985): w = softmax(1 / (temperature L_i)) over the tasks. 1 / L_i is what uncertainty
 * weighting comes to once its log variances are trained to the end for these losses; here it is at hand in every step, and
 * the softmax keeps one small loss from taking all.
 *
 * <p>The weights are taken as numbers: no gradient passes through them. They sum to 1, where those of {@code equal()} sum
 * to the number of tasks: try other learning rates. The temperature is to be tuned, since what it does depends on the size
 * of the losses: a low one gives all to the task of the least loss, a high one weighs all alike. Known implementations add
 * 1e-8 to the loss ({@link #EPSILON}), which keeps a loss of 0 finite, and so do we; a loss below 0 counts as 0. A task
 * without labels in the batch takes no part and weighs 0. With one task the weight is 1.
 *
 * <p>Cost: nothing beyond the losses, one exponential a task.
 *
 * @param temperature above 0
 */
public record UwSo(double temperature) implements Balancer {

    /** The temperature where none is given. */
    public static final double DEFAULT_TEMPERATURE = 1;

    /** What is added to a loss. */
    public static final double EPSILON = 1e-8;

    public UwSo {
        if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "uwSo().temperature(%s): it is a finite number above 0.%nGive 1, or more for weights that are more even."
                            .formatted(temperature));
        }
    }

    /** This balancer at another temperature. */
    public UwSo temperature(double t) {
        return new UwSo(t);
    }

    @Override
    public Needs needs() {
        return Needs.LOSSES;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return (step, weights) -> {
            for (int t = 0; t < weights.length; t++) {
                double inverse = 1 / (Math.max(step.loss(t), 0) + EPSILON);
                weights[t] = step.isLabelled(t)
                        ? Math.min(inverse / temperature, Double.MAX_VALUE)
                        : Double.NEGATIVE_INFINITY;
            }
            Softmax.of(weights, 1);
        };
    }

    @Override
    public String toString() {
        return "uwSo()" + (temperature == DEFAULT_TEMPERATURE ? "" : ".temperature(" + temperature + ")");
    }
}
