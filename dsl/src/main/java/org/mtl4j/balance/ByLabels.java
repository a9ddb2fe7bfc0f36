package org.mtl4j.balance;

import java.util.List;

/**
 * Weights by number of labels: w_i = T n_i^p / sum_j n_j^p, with n_i the rows of the training part that carry a label of
 * task i and T the number of tasks. The weights sum to T.
 *
 * <p>A batch's loss is a mean over its labelled rows, so equal weights count every task alike. With p = 1 every label
 * counts alike; p = 0 is {@code equal()}; p = -1 lifts scarce tasks. A task without labels weighs 0 where p is above 0.
 *
 * <p>Cost: nothing beyond the losses.
 *
 * @param power p, from -10 to 10
 */
public record ByLabels(double power) implements Balancer {

    /** The power where none is given. */
    public static final double DEFAULT_POWER = 1;

    private static final double HIGHEST_POWER = 10;

    public ByLabels {
        if (!(Math.abs(power) <= HIGHEST_POWER)) {
            throw new IllegalArgumentException(
                    "byLabels().power(%s): it is a number from -%s to %s.%nGive 1 for weights by the number of labels, or -1 for the inverse."
                            .formatted(power, HIGHEST_POWER, HIGHEST_POWER));
        }
    }

    /** This balancer with another power of the number of labels. */
    public ByLabels power(double p) {
        return new ByLabels(p);
    }

    @Override
    public Needs needs() {
        return Needs.LOSSES;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return (step, weights) -> {
            double sum = 0;
            for (int t = 0; t < weights.length; t++) {
                weights[t] = StrictMath.pow((double) step.trainingLabels(t), power);
                sum += weights[t];
            }
            if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
                throw unlabelled(tasks, step);
            }
            for (int t = 0; t < weights.length; t++) {
                weights[t] = weights.length * weights[t] / sum;
            }
        };
    }

    /** No labels at all, or a negative power of none. */
    private IllegalArgumentException unlabelled(List<String> tasks, WeighingStep step) {
        int task = 0;
        while (step.trainingLabels(task) > 0) {
            task++;
        }
        return new IllegalArgumentException(
                "%s: no training row carries a label of task '%s', so the number of labels gives it no weight.%nLeave the task out, or split so that labelled rows reach the training part."
                        .formatted(this, tasks.get(task)));
    }

    @Override
    public String toString() {
        return "byLabels()" + (power == DEFAULT_POWER ? "" : ".power(" + power + ")");
    }
}
