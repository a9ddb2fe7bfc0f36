package org.mtl4j.layer;

import java.util.List;
import java.util.random.RandomGenerator;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Join;
import org.mtl4j.tensor.Layer;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Tape;

/**
 * y = F(x) sigmoid(G(x)), number by number: layers with a gate of their own (Dauphin et al. 2017, arXiv 1612.08083, eq. 1).
 *
 * <pre>{@code
 * gated(conv2d(16, 3).padding(1), conv2d(16, 3).padding(1))
 * }</pre>
 *
 * @param layers F
 * @param gate G, of the same shape
 */
public record Gated(Layer layers, Layer gate) implements Layer {

    @Override
    public Node record(Tape tape, String name, Node input, RandomGenerator random) {
        Node through = layers.record(tape, name, input, random);
        Node open = Sequential.of(gate, new Activation.Sigmoid()).record(tape, name + ".gate", input, random);
        return Join.MULTIPLY.record(tape, name + ".product", List.of(through, open));
    }

    @Override
    public String toString() {
        return "gated(" + layers + ", " + gate + ")";
    }
}
