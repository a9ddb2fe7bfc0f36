package org.mtl4j.balance;

import java.util.List;
import java.util.Map;
import org.mtl4j.task.Task;

/**
 * Given weights, keyed by task: L = sum_i w_i L_i. They are taken as they are, by a subset of the tasks too
 * ({@link #restrictTo}); {@link Importance} divides by their mean.
 *
 * <p>Cost: nothing beyond the losses.
 *
 * @param weights one per task name, finite and at least 0
 */
public record Fixed(Map<String, Double> weights) implements Balancer {

    public Fixed {
        weights = keyed(weights).numbers();
    }

    private static Keyed keyed(Map<String, Double> weights) {
        return new Keyed("fixed()", "weight", "Give a factor on its loss: fixed().with(\"%s\", 0.5).", weights);
    }

    /** These weights and one more. */
    public Fixed with(Task<?> task, double weight) {
        return with(task.name(), weight);
    }

    /** These weights and one more, by task name. */
    public Fixed with(String task, double weight) {
        return new Fixed(keyed(weights).with(task, weight).numbers());
    }

    @Override
    public Fixed restrictTo(List<String> tasks) {
        return new Fixed(keyed(weights).restrictTo(tasks).numbers());
    }

    @Override
    public Needs needs() {
        return Needs.LOSSES;
    }

    @Override
    public Weighting start(List<String> tasks) {
        double[] values = keyed(weights).of(tasks);
        return (step, into) -> System.arraycopy(values, 0, into, 0, values.length);
    }

    @Override
    public String toString() {
        return "fixed()" + keyed(weights).withers();
    }
}
