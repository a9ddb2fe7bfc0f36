package org.mtl4j.layer;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.Layer;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Tape;

/**
 * y = f(x W + b), at each place of a series alike; an image is taken as one vector. [in] -> [width].
 *
 * @param width of its output
 * @param activation f
 * @param initialiser of W, [in, width], and b, [width]
 */
public record Dense(int width, Activation activation, Initialiser initialiser) implements Layer {

    public Dense {
        if (width < 1) {
            throw new IllegalArgumentException(
                    "dense(%d): its output needs at least 1 number.%nGive a positive width: dense(64)."
                            .formatted(width));
        }
    }

    /** A dense layer without activation. */
    public static Dense of(int width) {
        return new Dense(width, new Activation.Identity(), Mlp.DEFAULT_INITIALISER);
    }

    /** This layer with an activation. */
    public Dense activation(Activation other) {
        return new Dense(width, other, initialiser);
    }

    /** This layer with another initialiser. */
    public Dense initialiser(Initialiser other) {
        return new Dense(width, activation, other);
    }

    @Override
    public @Nullable Layer fused(Activation next) {
        return activation instanceof Activation.Identity ? activation(next) : null;
    }

    @Override
    public Node record(Tape tape, String name, Node input, RandomGenerator random) {
        return tape.dense(name, input, width, activation, initialiser, random);
    }

    @Override
    public String toString() {
        return "dense(" + width + ")"
                + (activation instanceof Activation.Identity ? "" : ".activation(" + activation + ")")
                + (initialiser.equals(Mlp.DEFAULT_INITIALISER) ? "" : ".initialiser(" + initialiser + ")");
    }
}
