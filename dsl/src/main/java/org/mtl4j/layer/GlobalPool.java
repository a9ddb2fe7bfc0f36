package org.mtl4j.layer;

import java.util.random.RandomGenerator;
import org.mtl4j.tensor.Layer;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.Tape;

/**
 * One vector of all pixels of an image, or of all places that a series has: [channels, height, width] -> [channels].
 *
 * @param kind their mean or their greatest number
 */
public record GlobalPool(Readout kind) implements Layer {

    public GlobalPool {
        if (kind != Readout.MEAN && kind != Readout.MAX) {
            throw new IllegalArgumentException(
                    "A global pool by %s.%nTake globalAvgPool() or globalMaxPool().".formatted(kind));
        }
    }

    @Override
    public Node record(Tape tape, String name, Node input, RandomGenerator random) {
        return tape.readout(name, input, kind);
    }

    @Override
    public String toString() {
        return kind == Readout.MEAN ? "globalAvgPool()" : "globalMaxPool()";
    }
}
