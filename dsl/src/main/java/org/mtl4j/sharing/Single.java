package org.mtl4j.sharing;

import java.util.List;
import java.util.random.RandomGenerator;
import org.mtl4j.layer.Encoder;
import org.mtl4j.layer.Sources;
import org.mtl4j.task.Objective;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Tape;

/**
 * Single-task learning, the baseline: an encoder and a linear head per task, nothing shared.
 *
 * @param encoder the blueprint, built once per task
 */
public record Single(Encoder encoder) implements Sharing {

    /** What the names of an encoder's parameters begin with. */
    static final String ENCODER = "encoder";

    @Override
    public void record(Tape tape, Sources sources, List<Objective> tasks, RandomGenerator random) {
        Heads heads = new Heads(tape, tasks, encoder);
        for (int t = 0; t < tasks.size(); t++) {
            String name = tasks.get(t).task().name();
            String prefix = ENCODER + "." + name;
            Node representation = encoder.record(tape, prefix, sources, random);
            heads.record("head." + name, prefix, representation, List.of(t), random);
        }
    }

    @Override
    public String toString() {
        return "single(" + encoder + ")";
    }
}
