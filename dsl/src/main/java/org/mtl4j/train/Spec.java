package org.mtl4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Scope;
import org.mtl4j.data.Split;
import org.mtl4j.optimise.Group;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Parameter;

/**
 * Engine API. What a training is, its data aside: tasks, the net that they share, and the plan. Same spec, same split,
 * same bits.
 *
 * @param sharing the strategy
 * @param tasks the tasks, in order
 * @param plan how they are trained
 */
public record Spec(Sharing sharing, List<Task<?>> tasks, Plan plan) {

    public Spec {
        tasks = List.copyOf(tasks);
    }

    /** This spec with another plan. */
    public Spec plan(Plan other) {
        return new Spec(sharing, tasks, other);
    }

    /** The names of the tasks. */
    public List<String> names() {
        return tasks.stream().map(Task::name).collect(Collectors.toList());
    }

    /**
     * Data as its losses take them.
     *
     * @throws IllegalArgumentException if the data do not fit the tasks or the plan
     */
    public Prepared prepare(Split split) {
        Prepared prepared = Prepared.of(split, tasks);
        plan.check(prepared);
        return prepared;
    }

    /**
     * A net with fresh parameters for these data.
     *
     * @throws IllegalArgumentException if its encoder does not fit the data, or its balancer weighs gradients of shared
     *     parameters and there are none
     */
    public Graph graph(Prepared prepared) {
        Graph graph = Graph.build(sharing, prepared.inputs(), prepared.objectives(), plan.seed());
        if (plan.balancer().needs() != Balancer.Needs.LOSSES && !graph.isShared()) {
            throw new IllegalArgumentException(
                    "%s: it balances the gradients of shared parameters, but %s of %s shares none.%nUse hard(..) with at least two tasks, or a loss method such as equal() or uncertainty()."
                            .formatted(plan.balancer(), sharing, names()));
        }
        if (plan.balancer().scope() instanceof Scope.Representation
                && graph.tape().isPerTask()) {
            throw new IllegalArgumentException(
                    "%s: it compares gradients by one representation of all tasks, but behind batchNorm().perTask() each task has its own.%nLeave out .atRepresentation(), or take batchNorm() without perTask()."
                            .formatted(plan.balancer()));
        }
        List<String> names = new ArrayList<>(
                graph.tape().parameters().list().stream().map(Parameter::name).toList());
        if (plan.balancer().start(names()).ownParameters().length > 0) {
            names.add(Stepper.BALANCER);
        }
        Group.check(plan.optimiser().settings().groups(), names);
        for (int t = 0; t < tasks.size(); t++) {
            places(tasks.get(t), graph.tape().output(t).places(), prepared);
        }
        return graph;
    }

    private static void places(Task<?> task, int made, Prepared prepared) {
        int wanted = prepared.train().target(task.name()).places();
        if (task.kind().isPlaced() && made != wanted) {
            throw new IllegalArgumentException(
                    "Task '%s': its targets have %d places a row, but the encoder ends in %d.%nGive a target for each place that the encoder keeps."
                            .formatted(task.name(), wanted, made));
        }
    }

    /** The lines that make it. */
    public String lines() {
        String line = sharing + tasks.stream().map(Task::toString).collect(Collectors.joining(", ", ".tasks(", ")"));
        return line
                + "\n    .balance(" + plan.balancer() + ")"
                + "\n    .optimise(" + plan.optimiser() + ")"
                + "\n    " + plan.length() + ".batch(" + plan.batch() + ")" + plan.stopping()
                + (plan.watchEvery() == Plan.DEFAULT_WATCH_EVERY ? "" : ".watchConflict(" + plan.watchEvery() + ")")
                + ".seed(" + plan.seed() + ")";
    }
}
