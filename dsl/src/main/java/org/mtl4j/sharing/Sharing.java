package org.mtl4j.sharing;

import java.util.List;
import java.util.random.RandomGenerator;
import org.mtl4j.layer.Encoder;
import org.mtl4j.task.Objective;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Tape;

/** A mapping from an encoder blueprint and tasks to a net with shared and task-owned parameters. A frozen value. */
public interface Sharing {

    /** The blueprint. */
    Encoder encoder();

    /**
     * Engine API. Records the net on a tape.
     *
     * @param tape the tape; task i of the list is its task i
     * @param input the node that holds the features, [batch, width]
     * @param tasks the tasks with the widths of their heads
     * @param random where initial parameters are drawn from
     */
    void record(Tape tape, Node input, List<Objective> tasks, RandomGenerator random);
}
