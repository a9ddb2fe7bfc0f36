package org.mtl4j.study;

import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.balance.Equal;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.layer.Encoder;
import org.mtl4j.sharing.Single;
import org.mtl4j.task.Task;
import org.mtl4j.train.Length;
import org.mtl4j.train.Plan;
import org.mtl4j.train.Spec;
import org.mtl4j.train.Stopping;

/**
 * What makes trainings comparable: each takes as many optimiser steps as the whole recipe on the whole training part, on
 * the rows that carry a label of one of its tasks (docs/decisions/0003).
 */
public final class Terms {

    private Terms() {}

    /**
     * The optimiser steps of a plan.
     *
     * @param rows rows of the training part
     */
    public static int steps(Plan plan, int rows) {
        return (int) plan.length().steps(plan.stepsPerEpoch(rows));
    }

    /** One task by itself: a net of this encoder, its loss unweighted. */
    public static Spec alone(Spec recipe, Task<?> task, Encoder encoder) {
        Plan plan =
                recipe.plan().balancer(new Equal()).stopping(onAll(recipe.plan().stopping()));
        return new Spec(new Single(encoder), List.of(task.weight(Task.DEFAULT_WEIGHT)), plan);
    }

    /** The recipe in the way of a cell; it watches the same task as the recipe where that is there. */
    static Spec together(Spec recipe, Cell cell) {
        Stopping stopping = recipe.plan().stopping();
        boolean watched = cell.names().contains(stopping.task());
        Plan plan = recipe.plan()
                .balancer(cell.balancer().restrictTo(cell.names()))
                .stopping(watched ? stopping : onAll(stopping));
        return new Spec(cell.sharing(), cell.tasks(), plan);
    }

    /** The same, judged by all tasks. */
    static Stopping onAll(Stopping stopping) {
        return new Stopping(stopping.patience(), "", stopping.keep());
    }

    /**
     * The spec with this number of steps, each on as many rows as it names or there are.
     *
     * @param rows rows of its training part
     */
    public static Spec equalSteps(Spec spec, int steps, int rows) {
        Plan plan = spec.plan();
        return spec.plan(plan.length(new Length.Steps(steps)).batch(Math.min(plan.batch(), rows)));
    }

    /** The split with the training rows alone that carry a label of one of these tasks; the same one if that is all. */
    public static Split labelled(Split split, List<Task<?>> tasks) {
        MultiTaskData train = split.train();
        List<TargetColumn> columns =
                tasks.stream().map(task -> train.target(task.name())).toList();
        int[] labelled = IntStream.range(0, train.rows())
                .filter(row -> columns.stream().anyMatch(column -> column.isLabelled(row)))
                .toArray();
        return labelled.length == train.rows()
                ? split
                : Split.of(train.select(labelled), split.validation(), split.test());
    }
}
