package org.mtl4j.layer;

import java.util.random.RandomGenerator;
import org.mtl4j.tensor.Layer;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Tape;

/**
 * y = x m / (1 - p) with m Bernoulli(1 - p) per number in training (Srivastava et al. 2014), y = x in evaluation.
 *
 * @param p the probability of a zero, in [0, 1)
 */
public record Dropout(double p) implements Layer {

    public Dropout {
        if (!(p >= 0 && p < 1)) {
            throw new IllegalArgumentException(
                    "dropout(%s): a probability lies in [0, 1).%nGive the share of zeros: dropout(0.1).".formatted(p));
        }
    }

    @Override
    public Node record(Tape tape, String name, Node input, RandomGenerator random) {
        return tape.dropout(name, input, p);
    }

    @Override
    public String toString() {
        return "dropout(" + p + ")";
    }
}
