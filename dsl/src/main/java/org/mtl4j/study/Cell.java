package org.mtl4j.study;

import java.util.List;
import java.util.stream.Collectors;
import org.mtl4j.balance.Balancer;
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
 */
public record Cell(Kind kind, List<Task<?>> tasks, Sharing sharing, Balancer balancer, LabelCount labels) {

    /** What a cell is for. */
    public enum Kind {
        /** A combination of tasks, sharing and balancing. */
        JOINT("joint"),
        /** One task by itself: the baseline. */
        ALONE("single-task");

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

    /** This cell with another number of labels. */
    Cell labels(LabelCount other) {
        return new Cell(kind, tasks, sharing, balancer, other);
    }

    /** {@code casual + registered: hard(mlp(64)), pcgrad()}. */
    @Override
    public String toString() {
        return subset() + ": " + sharing + ", " + balancer + (labels.isAll() ? "" : ", " + labels);
    }
}
