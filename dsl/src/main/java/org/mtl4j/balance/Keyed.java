package org.mtl4j.balance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Numbers that a user gives by task name.
 *
 * @param word the balancer's word, which begins every error: {@code fixed()}
 * @param noun what a number is: {@code weight}
 * @param example a line that does right, with %s for the task
 * @param numbers by task name, in the order given, finite and at least 0
 */
record Keyed(String word, String noun, String example, Map<String, Double> numbers) {

    Keyed {
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
        for (Map.Entry<String, Double> each : numbers.entrySet()) {
            String task = each.getKey();
            double number = each.getValue();
            if (!(number >= 0 && number < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "%s: the %s %s of task '%s' is not a finite number of at least 0.%n%s"
                                .formatted(word, noun, number, task, example.formatted(task)));
            }
        }
    }

    Keyed with(String task, double number) {
        Map<String, Double> more = new LinkedHashMap<>(numbers);
        more.put(task, number);
        return new Keyed(word, noun, example, more);
    }

    Keyed restrictTo(List<String> tasks) {
        Map<String, Double> fewer = new LinkedHashMap<>(numbers);
        fewer.keySet().retainAll(tasks);
        return new Keyed(word, noun, example, fewer);
    }

    /**
     * The numbers of these tasks, in their order.
     *
     * @throws IllegalArgumentException if a task has none, or one is for another task
     */
    double[] of(List<String> tasks) {
        List<String> unknown = new ArrayList<>(numbers.keySet());
        unknown.removeAll(tasks);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: there is a %s for '%s', which is no task of the recipe.%nThe tasks are %s."
                            .formatted(word, noun, unknown.get(0), tasks));
        }
        double[] values = new double[tasks.size()];
        for (int t = 0; t < values.length; t++) {
            Double number = numbers.get(tasks.get(t));
            if (number == null) {
                throw new IllegalArgumentException(
                        "%s: no %s for task '%s'; there are %ss for %s.%nGive every task of the recipe a %s."
                                .formatted(word, noun, tasks.get(t), noun, numbers.keySet(), noun));
            }
            values[t] = number;
        }
        return values;
    }

    /**
     * The numbers of these tasks, in their order; 0 for a task that has none.
     *
     * @throws IllegalArgumentException if one is for another task
     */
    double[] orZero(List<String> tasks) {
        Map<String, Double> padded = new LinkedHashMap<>(numbers);
        tasks.forEach(task -> padded.putIfAbsent(task, 0.0));
        return new Keyed(word, noun, example, padded).of(tasks);
    }

    /** {@code .with("income", 0.5).with("age", 1.0)}. */
    String withers() {
        return numbers.entrySet().stream()
                .map(each -> ".with(\"" + each.getKey() + "\", " + each.getValue() + ")")
                .collect(Collectors.joining());
    }
}
