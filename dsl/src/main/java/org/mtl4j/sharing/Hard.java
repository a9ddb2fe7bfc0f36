package org.mtl4j.sharing;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.mtl4j.layer.Encoder;
import org.mtl4j.layer.Sources;
import org.mtl4j.task.Objective;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Tape;

/**
 * Hard parameter sharing, the shared bottom of Caruana (1997): one encoder for all tasks and a linear head per task.
 *
 * <p>Total loss: L = sum_i w_i L_i.
 *
 * @param encoder the shared part
 */
public record Hard(Encoder encoder) implements Sharing {

    private static final String ENCODER = "encoder";

    @Override
    public void record(Tape tape, Sources sources, List<Objective> tasks, RandomGenerator random) {
        tape.allowPerTask(tasks.stream().map(task -> task.task().name()).toList());
        Node representation = encoder.record(tape, ENCODER, sources, random);
        List<Integer> all = IntStream.range(0, tasks.size()).boxed().toList();
        new Heads(tape, tasks, encoder).record("heads", ENCODER, representation, all, random);
    }

    @Override
    public String toString() {
        return "hard(" + encoder + ")";
    }
}
