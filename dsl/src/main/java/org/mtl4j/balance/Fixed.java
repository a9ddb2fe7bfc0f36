package org.mtl4j.balance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mtl4j.task.Task;

/**
 * Given weights, keyed by task: L = sum_i w_i L_i. A subset of the tasks takes its own entries.
 *
 * @param weights one per task name, finite and at least 0
 */
public record Fixed(Map<String, Double> weights) implements Balancer {

    public Fixed {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        weights.forEach((task, weight) -> {
            if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "fixed(): the weight %s of task '%s' is not a finite number of at least 0.%nGive a factor on its loss: fixed().with(\"%s\", 0.5)."
                                .formatted(weight, task, task));
            }
        });
    }

    /** These weights and one more. */
    public Fixed with(Task<?> task, double weight) {
        return with(task.name(), weight);
    }

    /** These weights and one more, by task name. */
    public Fixed with(String task, double weight) {
        Map<String, Double> more = new LinkedHashMap<>(weights);
        more.put(task, weight);
        return new Fixed(more);
    }

    @Override
    public Needs needs() {
        return Needs.LOSSES;
    }

    @Override
    public Weighting start(List<String> tasks) {
        List<String> missing = new ArrayList<>(tasks);
        missing.removeAll(weights.keySet());
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "fixed(): no weight for task '%s'; there are weights for %s.%nGive every task of the recipe a weight."
                            .formatted(missing.get(0), weights.keySet()));
        }
        double[] values = tasks.stream().mapToDouble(this::weight).toArray();
        return (step, into) -> System.arraycopy(values, 0, into, 0, values.length);
    }

    private double weight(String task) {
        Double weight = weights.get(task);
        return weight == null ? 0 : weight;
    }

    @Override
    public String toString() {
        return weights.entrySet().stream()
                .map(entry -> ".with(\"" + entry.getKey() + "\", " + entry.getValue() + ")")
                .collect(Collectors.joining("", "fixed()", ""));
    }
}
