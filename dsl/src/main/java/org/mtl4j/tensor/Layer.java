package org.mtl4j.tensor;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One layer of a net, or a few that belong together, as a frozen value: what {@code sequential(..)} lists. It holds no
 * parameters; each call of {@link #record} makes new ones.
 */
public interface Layer {

    /**
     * Engine API. Records the layer on a tape with new parameters.
     *
     * @param name what its parameters' names begin with
     * @param input what it reads
     * @param random where initial parameters are drawn from
     * @throws IllegalArgumentException if it takes other shapes; the message names both layers and both shapes
     */
    Node record(Tape tape, String name, Node input, RandomGenerator random);

    /** Engine API. This layer with an activation in its own kernel; null where it has no place for one. */
    default @Nullable Layer fused(Activation activation) {
        return null;
    }
}
