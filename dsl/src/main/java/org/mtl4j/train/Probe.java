package org.mtl4j.train;

import java.util.List;
import org.mtl4j.tensor.Gram;

/**
 * The Gram of the task gradients at one step.
 *
 * @param epoch the epoch, from 1
 * @param step steps taken before it
 * @param total over all shared parameters
 * @param layers one Gram per layer with shared parameters, in the order of {@link History#layers()}; they sum to the
 *     total
 */
public record Probe(int epoch, int step, Gram total, List<Gram> layers) {

    public Probe {
        layers = List.copyOf(layers);
    }
}
