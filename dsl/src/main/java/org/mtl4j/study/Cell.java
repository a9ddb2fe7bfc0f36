package org.mtl4j.study;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.TunedFixed;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.task.Task;

/**
 * One way to train: a point of a study's axes, seeds and rates aside.
 *
 * @param kind whether it is what the study asks about, or what that is compared with
 * @param tasks the tasks that are trained, in the recipe's order
 * @param sharing the net
 * @param balancer what weighs them
 * @param labels how many labels one of them has
 * @param control the other trainer, if it is one; the net and the balancer are then those of the baseline
 */
public record Cell(
        Kind kind,
        List<Task<?>> tasks,
        Sharing sharing,
        Balancer balancer,
        LabelCount labels,
        Optional<Control> control) {

    /** What a cell is for. */
    public enum Kind {
        /** A combination of tasks, sharing and balancing. */
        JOINT("joint"),
        /** Fixed weights that tuned ones may take. */
        CANDIDATE("candidate"),
        /** One task by itself: the baseline. */
        ALONE("single-task"),
        /** One task by another trainer. */
        CONTROL("control");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** What stands between the names of tasks. */
    static final String AND = " + ";

    public Cell {
        tasks = List.copyOf(tasks);
    }

    /** The names of the tasks. */
    public List<String> names() {
        return tasks.stream().map(Task::name).toList();
    }

    /** {@code casual + registered}. */
    public String subset() {
        return names(tasks);
    }

    static String names(List<Task<?>> tasks) {
        return tasks.stream().map(Task::name).collect(Collectors.joining(AND));
    }

    /** The net, or the other trainer, in words. */
    String net() {
        return control.map(Control::toString).orElse(sharing.toString());
    }

    /** What weighs the tasks, in words. */
    String weights() {
        return control.isPresent() ? "-" : balancer.toString();
    }

    /** This cell with another number of labels. */
    Cell labels(LabelCount other) {
        return new Cell(kind, tasks, sharing, balancer, other, control);
    }

    /** This cell weighed by something else, for another purpose. */
    Cell as(Kind other, Balancer weighed) {
        return new Cell(other, tasks, sharing, weighed, labels, control);
    }

    /** Whether it is trained by itself; tuned fixed weights are the best of other cells. */
    boolean isTrained() {
        return !(balancer instanceof TunedFixed);
    }

    /** {@code casual + registered: hard(mlp(64)), pcgrad()}. */
    @Override
    public String toString() {
        String how = control.isPresent() ? net() : net() + ", " + weights();
        return subset() + ": " + how + (labels.isAll() ? "" : ", " + labels);
    }
}
