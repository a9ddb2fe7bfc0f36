package org.mtl4j.sharing;

import java.util.List;
import java.util.random.RandomGenerator;
import org.mtl4j.layer.Encoder;
import org.mtl4j.layer.Mlp;
import org.mtl4j.task.Objective;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Tape;
import org.mtl4j.tensor.TaskHead;

/**
 * Single-task learning, the baseline: an encoder and a linear head per task, nothing shared.
 *
 * @param encoder the blueprint, built once per task
 */
public record Single(Encoder encoder) implements Sharing {

    /** What the names of an encoder's parameters begin with. */
    static final String ENCODER = "encoder";

    @Override
    public void record(Tape tape, Node input, List<Objective> tasks, RandomGenerator random) {
        for (int t = 0; t < tasks.size(); t++) {
            Objective task = tasks.get(t);
            String name = task.task().name();
            Node representation = encoder.record(tape, ENCODER + "." + name, input, random);
            List<TaskHead> head = List.of(new TaskHead(t, "head." + name, task.outputs()));
            tape.heads("head." + name, representation, head, Mlp.DEFAULT_INITIALISER, random);
        }
    }

    @Override
    public String toString() {
        return "single(" + encoder + ")";
    }
}
