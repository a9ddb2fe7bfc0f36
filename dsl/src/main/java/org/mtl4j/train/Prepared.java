package org.mtl4j.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.data.Input;
import org.mtl4j.data.InputForm;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.data.Standardisation;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;

/**
 * Data as the losses take them: inputs and real targets standardised by the training part, classes as {@link
 * Objective#encode} has them, other targets left out.
 *
 * @param objectives the tasks, bound to the training part
 * @param inputs what its inputs are, in order
 * @param standardisation fitted on the training part
 * @param train its rows
 * @param validation rows of the validation part
 */
public record Prepared(
        List<Objective> objectives,
        List<InputForm> inputs,
        Standardisation standardisation,
        MultiTaskData train,
        MultiTaskData validation) {

    public Prepared {
        objectives = List.copyOf(objectives);
        inputs = List.copyOf(inputs);
    }

    /**
     * Prepares a split for these tasks.
     *
     * @throws IllegalArgumentException if the data do not fit the tasks; see {@link Split#requireTargets}
     */
    public static Prepared of(Split split, List<Task<?>> tasks) {
        split.requireTargets(tasks);
        MultiTaskData train = split.train();
        List<Objective> objectives = new ArrayList<>();
        for (Task<?> task : tasks) {
            objectives.add(Objective.bind(task, train));
        }
        Standardisation standardisation = Standardisation.fit(train);
        return new Prepared(
                objectives,
                InputForm.of(train),
                standardisation,
                encode(standardisation.apply(train), objectives),
                encode(standardisation.apply(split.validation()), objectives));
    }

    /**
     * The same rows for some of the tasks: what {@link #of} makes of the same split, sharing its inputs.
     *
     * @param some tasks of these names; they may have other weights
     */
    public Prepared only(List<Task<?>> some) {
        List<Objective> fewer = new ArrayList<>();
        for (Task<?> task : some) {
            Objective bound = objectives.stream()
                    .filter(objective -> objective.task().name().equals(task.name()))
                    .findFirst()
                    .orElseThrow();
            fewer.add(bound.of(task));
        }
        return new Prepared(fewer, inputs, standardisation, only(train, some), only(validation, some));
    }

    private static MultiTaskData only(MultiTaskData data, List<Task<?>> some) {
        Map<String, Input> inputs = new LinkedHashMap<>();
        data.inputs().forEach(name -> inputs.put(name, data.input(name)));
        return MultiTaskData.of(
                inputs, some.stream().map(task -> data.target(task.name())).toList());
    }

    private static MultiTaskData encode(MultiTaskData data, List<Objective> objectives) {
        Map<String, Input> inputs = new LinkedHashMap<>();
        data.inputs().forEach(name -> inputs.put(name, data.input(name)));
        List<TargetColumn> targets = new ArrayList<>();
        for (Objective objective : objectives) {
            TargetColumn column = data.target(objective.task().name());
            targets.add(objective.encode(column, data));
        }
        return MultiTaskData.of(inputs, targets);
    }
}
