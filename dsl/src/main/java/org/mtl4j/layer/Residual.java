package org.mtl4j.layer;

import java.util.List;
import java.util.random.RandomGenerator;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Layer;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.SequenceLayers;
import org.mtl4j.tensor.Tape;

/**
 * y = F(x) + S(x): layers with a connection past them (He et al. 2016, eq. 1, and with a shortcut S eq. 2). Without a shortcut,
 * S(x) = x.
 *
 * <pre>{@code
 * residual(conv2d(16, 3).padding(1).noBias(), batchNorm(), relu(), conv2d(16, 3).padding(1).noBias(), batchNorm())
 * }</pre>
 *
 * @param layers F
 * @param shortcut S; {@code identity()} for x itself
 */
public record Residual(Layer layers, Layer shortcut) implements Layer {

    /** Layers with their input added. */
    public static Residual of(Layer layers) {
        return new Residual(layers, new Activation.Identity());
    }

    /** This layer with a shortcut that changes the shape as F does: {@code .shortcut(conv2d(32, 1).stride(2))}. */
    public Residual shortcut(Layer... past) {
        return new Residual(layers, Sequential.join(past));
    }

    @Override
    public Node record(Tape tape, String name, Node input, RandomGenerator random) {
        Node through = layers.record(tape, name, input, random);
        Node past = shortcut instanceof Activation.Identity
                ? input
                : shortcut.record(tape, name + ".shortcut", input, random);
        if (!through.shape().equals(past.shape())) {
            throw new IllegalArgumentException(
                    "Layer '%s', residual(..): its layers end in '%s' with %s, but past them goes '%s' with %s.%nGive both the same shape, such as by .shortcut(conv2d(filters, 1))."
                            .formatted(
                                    name,
                                    through.name(),
                                    Sources.words(through.shape()),
                                    past.name(),
                                    Sources.words(past.shape())));
        }
        return SequenceLayers.sum(tape, name + ".sum", List.of(through, past));
    }

    @Override
    public String toString() {
        return "residual(" + Sequential.inside(layers) + ")"
                + (shortcut instanceof Activation.Identity ? "" : ".shortcut(" + Sequential.inside(shortcut) + ")");
    }
}
