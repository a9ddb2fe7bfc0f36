package org.mtl4j.sharing;

import java.util.List;
import java.util.random.RandomGenerator;
import org.mtl4j.layer.Encoder;
import org.mtl4j.layer.Sources;
import org.mtl4j.task.Objective;
import org.mtl4j.tensor.Parameters;
import org.mtl4j.tensor.Tape;

/** A mapping from an encoder blueprint and tasks to a net with shared and task-owned parameters. A frozen value. */
public interface Sharing {

    /** The blueprint. */
    Encoder encoder();

    /**
     * Engine API. Records the net on a tape.
     *
     * @param tape the tape; task i of the list is its task i
     * @param sources the inputs of the data
     * @param tasks the tasks with the widths of their heads
     * @param random where initial parameters are drawn from
     */
    void record(Tape tape, Sources sources, List<Objective> tasks, RandomGenerator random);

    /**
     * Engine API. The layers that each task has a copy of its own of, if they are to be compared or tied.
     *
     * @param recorded the parameters of {@link #record}, and no others
     * @param tasks the names of the tasks, in order
     */
    default List<Counterparts> counterparts(Parameters recorded, List<String> tasks) {
        return List.of();
    }

    /**
     * Engine API. What is added to the loss to tie them.
     *
     * @throws IllegalArgumentException if it ties a layer that there is not
     */
    default Coupling coupling(Parameters recorded, List<Counterparts> counterparts) {
        return Coupling.none(recorded);
    }

    /** The total loss in words: w_i the balancer's weight of task i, L_i its loss. */
    default String formula() {
        return "L = sum_i w_i L_i";
    }
}
