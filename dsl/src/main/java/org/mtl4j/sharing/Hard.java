package org.mtl4j.sharing;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mtl4j.layer.Encoder;
import org.mtl4j.layer.Mlp;
import org.mtl4j.task.Objective;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Tape;
import org.mtl4j.tensor.TaskHead;

/**
 * Hard parameter sharing, the shared bottom of Caruana (1997): one encoder for all tasks and a linear head per task.
 *
 * <p>Total loss: L = sum_i w_i L_i.
 *
 * @param encoder the shared part
 */
public record Hard(Encoder encoder) implements Sharing {

    @Override
    public void record(Tape tape, Node input, List<Objective> tasks, RandomGenerator random) {
        Node representation = encoder.record(tape, "encoder", input, random);
        List<TaskHead> heads = new ArrayList<>();
        for (int t = 0; t < tasks.size(); t++) {
            Objective task = tasks.get(t);
            heads.add(new TaskHead(t, "head." + task.task().name(), task.outputs()));
        }
        tape.heads("heads", representation, heads, Mlp.DEFAULT_INITIALISER, random);
    }

    @Override
    public String toString() {
        return "hard(" + encoder + ")";
    }
}
