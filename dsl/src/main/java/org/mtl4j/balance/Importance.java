package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.mtl4j.task.Task;

/**
 * Weights by stated importance, keyed by task: w_i = T r_i / sum_j r_j over the T tasks at hand, so that only the ratios
 * of the r_i count and the weights sum to T, in a subset of the tasks too ({@link #restrictTo}).
 *
 * <p>Cost: nothing beyond the losses.
 *
 * @param shares r, one per task name, finite, at least 0, not all 0
 */
public record Importance(Map<String, Double> shares) implements Balancer {

    public Importance {
        shares = keyed(shares).numbers();
    }

    private static Keyed keyed(Map<String, Double> shares) {
        return new Keyed(
                "importance()",
                "share",
                "Give what it counts beside the others: importance().with(\"%s\", 3) is three times a task with 1.",
                shares);
    }

    /** These shares and one more. */
    public Importance with(Task<?> task, double share) {
        return with(task.name(), share);
    }

    /** These shares and one more, by task name. */
    public Importance with(String task, double share) {
        return new Importance(keyed(shares).with(task, share).numbers());
    }

    @Override
    public Importance restrictTo(List<String> tasks) {
        return new Importance(keyed(shares).restrictTo(tasks).numbers());
    }

    @Override
    public Needs needs() {
        return Needs.LOSSES;
    }

    @Override
    public Weighting start(List<String> tasks) {
        double[] values = keyed(shares).of(tasks);
        double most = Arrays.stream(values).max().orElse(0);
        if (most == 0) {
            throw new IllegalArgumentException(
                    "importance(): the shares of %s are all 0, so no task would be trained.%nGive at least one of them a share above 0."
                            .formatted(tasks));
        }
        double sum = 0;
        for (double value : values) {
            sum += value / most; // shares of any size: their sum is from 1 to T
        }
        for (int t = 0; t < values.length; t++) {
            values[t] = values.length * (values[t] / most) / sum;
        }
        return (step, into) -> System.arraycopy(values, 0, into, 0, values.length);
    }

    @Override
    public String toString() {
        return "importance()" + keyed(shares).withers();
    }
}
