package org.mtl4j.balance;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mtl4j.task.Task;

/**
 * A stated preference among the tasks, keyed by task: the weights are the slopes of one function of all losses and the
 * preferences, a {@link Scalariser}, so that training goes down that function. Other preferences lead to other points of the
 * Pareto front.
 *
 * <p>The preferences r_i are taken as they are; without any, each of the T tasks counts 1 / T. The ideal z_i is the loss
 * that a task would reach alone; it is 0 unless {@link #ideal} says more. A task without labels in the batch takes no part
 * and weighs 0. With one task the weight is r_1 (1 for {@link Scalariser.Pbi}).
 *
 * <p>Cost: nothing beyond the losses.
 *
 * @param scalariser the function
 * @param preferences r by task name: of every task, or of none; finite, at least 0, not all 0
 * @param ideals z by task name, finite, at least 0; 0 for a task that has none
 */
public record Preference(Scalariser scalariser, Map<String, Double> preferences, Map<String, Double> ideals)
        implements Balancer {

    public Preference {
        preferences = preferred(scalariser, preferences).numbers();
        ideals = ideals(scalariser, ideals).numbers();
    }

    /** A preference for no task. */
    public static Preference of(Scalariser scalariser) {
        return new Preference(scalariser, Map.of(), Map.of());
    }

    private static Preferred preferred(Scalariser scalariser, Map<String, Double> numbers) {
        return new Preferred(scalariser.word(), numbers);
    }

    private static Keyed ideals(Scalariser scalariser, Map<String, Double> numbers) {
        String example =
                "Give what it reaches when it is trained alone: %s.ideal(\"%%s\", 0.1).".formatted(scalariser.word());
        return new Keyed(scalariser.word(), "loss to reach", example, numbers);
    }

    /** This balancer with the preference of one more task. */
    public Preference with(Task<?> task, double preference) {
        return with(task.name(), preference);
    }

    /** This balancer with the preference of one more task, by task name. */
    public Preference with(String task, double preference) {
        return new Preference(scalariser, preferred(scalariser, preferences).with(task, preference), ideals);
    }

    /** This balancer with the ideal loss of one more task. */
    public Preference ideal(Task<?> task, double loss) {
        return ideal(task.name(), loss);
    }

    /** This balancer with the ideal loss of one more task, by task name. */
    public Preference ideal(String task, double loss) {
        return new Preference(
                scalariser,
                preferences,
                ideals(scalariser, ideals).with(task, loss).numbers());
    }

    @Override
    public Preference restrictTo(List<String> tasks) {
        return new Preference(
                scalariser,
                preferred(scalariser, preferences).restrictTo(tasks),
                ideals(scalariser, ideals).restrictTo(tasks).numbers());
    }

    @Override
    public Needs needs() {
        return Needs.LOSSES;
    }

    @Override
    public Weighting start(List<String> tasks) {
        double[] r = preferred(scalariser, preferences).of(tasks, 1.0 / tasks.size());
        double[] z = ideals(scalariser, ideals).orZero(tasks);
        double[] excess = new double[r.length];
        double[] preference = new double[r.length];
        double[] slopes = new double[r.length];
        return (step, weights) -> {
            int taking = 0;
            for (int t = 0; t < r.length; t++) {
                if (step.isLabelled(t)) {
                    excess[taking] = Math.max(step.loss(t) - z[t], -Double.MAX_VALUE);
                    preference[taking++] = r[t];
                }
            }
            scalariser.slopes(excess, preference, taking, slopes);
            int next = 0;
            for (int t = 0; t < r.length; t++) {
                weights[t] = step.isLabelled(t) ? slopes[next++] : 0;
            }
        };
    }

    @Override
    public String toString() {
        return scalariser.word()
                + preferred(scalariser, preferences).withers()
                + ideals.entrySet().stream()
                        .map(each -> ".ideal(\"" + each.getKey() + "\", " + each.getValue() + ")")
                        .collect(Collectors.joining());
    }
}
