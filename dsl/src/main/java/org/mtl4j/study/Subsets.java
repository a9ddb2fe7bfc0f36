package org.mtl4j.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.mtl4j.task.Task;

/** Subsets of the tasks of a recipe: each in the recipe's order, the smaller ones first. */
public final class Subsets {

    private Subsets() {}

    /** All 2^T - 1 that are not empty. */
    public static List<List<Task<?>>> all(List<Task<?>> tasks) {
        List<List<Task<?>>> subsets = new ArrayList<>();
        subsets.add(List.of());
        for (Task<?> task : tasks) {
            for (List<Task<?>> smaller : List.copyOf(subsets)) {
                List<Task<?>> larger = new ArrayList<>(smaller);
                larger.add(task);
                subsets.add(List.copyOf(larger));
            }
        }
        subsets.remove(0);
        return sorted(subsets, tasks);
    }

    /** All pairs. */
    public static List<List<Task<?>>> pairs(List<Task<?>> tasks) {
        return all(tasks).stream().filter(subset -> subset.size() == 2).toList();
    }

    /** All tasks, and all but each one. */
    public static List<List<Task<?>>> leaveOneOut(List<Task<?>> tasks) {
        return all(tasks).stream()
                .filter(subset -> subset.size() >= tasks.size() - 1)
                .toList();
    }

    /**
     * The named tasks in the recipe's order.
     *
     * @throws IllegalArgumentException if there is none, one is no task of the recipe, or one stands there twice
     */
    public static List<Task<?>> of(List<Task<?>> named, List<Task<?>> tasks) {
        named.forEach(task -> require("subset", task, tasks));
        Axis.of("subset", named.stream().map(Task::name).toList(), "subset(casual, registered)");
        List<String> names = named.stream().map(Task::name).toList();
        return tasks.stream().filter(task -> names.contains(task.name())).collect(Collectors.toUnmodifiableList());
    }

    /**
     * The recipe's task of the same name.
     *
     * @param method the method that names it
     * @throws IllegalArgumentException if there is none
     */
    public static Task<?> require(String method, Task<?> task, List<Task<?>> tasks) {
        return tasks.stream()
                .filter(each -> each.name().equals(task.name()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("%s(): '%s' is no task of the recipe.%nThe tasks are %s."
                                .formatted(
                                        method,
                                        task.name(),
                                        tasks.stream().map(Task::name).toList())));
    }

    private static List<List<Task<?>>> sorted(List<List<Task<?>>> subsets, List<Task<?>> tasks) {
        Comparator<List<Task<?>>> bySize = Comparator.comparingInt(List::size);
        return subsets.stream()
                .sorted(bySize.thenComparing(subset -> places(subset, tasks)))
                .toList();
    }

    private static String places(List<Task<?>> subset, List<Task<?>> tasks) {
        StringBuilder places = new StringBuilder();
        subset.forEach(task -> places.append((char) tasks.indexOf(task)));
        return places.toString();
    }
}
