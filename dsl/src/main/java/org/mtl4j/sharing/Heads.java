package org.mtl4j.sharing;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mtl4j.layer.Mlp;
import org.mtl4j.task.Objective;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;
import org.mtl4j.tensor.TaskHead;

/**
 * The linear heads of tasks on one representation. A task with an answer at each place has a head there; one with an answer
 * a row reads the mean over the places.
 */
final class Heads {

    private final Tape tape;
    private final List<Objective> tasks;

    /** Heads of some of these tasks. */
    Heads(Tape tape, List<Objective> tasks) {
        this.tape = tape;
        this.tasks = tasks;
    }

    /**
     * Records the heads of these tasks.
     *
     * @param name of the node with those of the tasks that have an answer a row
     * @param prefix of the encoder that made the representation
     * @param chosen indices of tasks
     */
    void record(String name, String prefix, Node representation, List<Integer> chosen, RandomGenerator random) {
        List<TaskHead> rows = new ArrayList<>();
        for (int t : chosen) {
            Objective task = tasks.get(t);
            TaskHead head = new TaskHead(t, "head." + task.task().name(), task.outputs());
            if (!task.isPlaced()) {
                rows.add(head);
            } else if (representation.shape() instanceof Shape.Vector) {
                throw new IllegalArgumentException(
                        "Task '%s': it has an answer at each place of a row, but the encoder ends in one vector, %s.%nTake an encoder that keeps the places, such as biLstm(..) for words or unet(..) for images."
                                .formatted(task.task().name(), representation.shape()));
            } else {
                tape.placeHead(representation, head, Mlp.DEFAULT_INITIALISER, random);
            }
        }
        if (!rows.isEmpty()) {
            Node vector = representation.shape() instanceof Shape.Vector
                    ? representation
                    : tape.readout(prefix + ".readout", representation, Readout.MEAN);
            tape.heads(name, vector, rows, Mlp.DEFAULT_INITIALISER, random);
        }
    }
}
