package org.mtl4j.layer;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;

/**
 * A multi-layer perceptron: dense layers of these widths, each followed by an activation and, where p &gt; 0, dropout.
 *
 * <p>[batch, in] -> [batch, last width]; of an image, in is all of its numbers. Defaults: {@link #DEFAULT_ACTIVATION}, {@link #DEFAULT_INITIALISER}, no
 * dropout.
 *
 * <pre>{@code
 * mlp(256, 128).activation(tanh()).dropout(0.1)
 * }</pre>
 *
 * @param widths the width of each layer
 * @param activation after each layer
 * @param initialiser of each layer
 * @param dropout probability of a zero after each activation, in [0, 1)
 * @param inputWidth the width of the input it was declared for; {@link Encoder#ANY_WIDTH} for any
 */
public record Mlp(List<Integer> widths, Activation activation, Initialiser initialiser, double dropout, int inputWidth)
        implements Encoder {

    /** max(x, 0). */
    public static final Activation DEFAULT_ACTIVATION = new Activation.Relu();

    /** Uniform in +-1/sqrt(fan-in), as PyTorch's Linear. */
    public static final Initialiser DEFAULT_INITIALISER = new Initialiser.UniformFanIn();

    public Mlp {
        widths = List.copyOf(widths);
        if (widths.isEmpty()) {
            throw new IllegalArgumentException("mlp() has no layers.\nGive one width per layer: mlp(256, 128).");
        }
        for (int width : widths) {
            if (width < 1) {
                throw new IllegalArgumentException(
                        "mlp(%s): width %d is not positive.%nGive one positive width per layer: mlp(256, 128)."
                                .formatted(words(widths), width));
            }
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException(
                    "dropout(%s): a probability lies in [0, 1).%nGive the share of zeros: dropout(0.1)."
                            .formatted(dropout));
        }
    }

    /** An MLP of these widths with the defaults. */
    public static Mlp of(int... widths) {
        return new Mlp(Arrays.stream(widths).boxed().toList(), DEFAULT_ACTIVATION, DEFAULT_INITIALISER, 0, ANY_WIDTH);
    }

    /** This MLP with another activation. */
    public Mlp activation(Activation other) {
        return new Mlp(widths, other, initialiser, dropout, inputWidth);
    }

    /** This MLP with another initialiser. */
    public Mlp initialiser(Initialiser other) {
        return new Mlp(widths, activation, other, dropout, inputWidth);
    }

    /** This MLP with dropout of probability p after each activation. */
    public Mlp dropout(double p) {
        return new Mlp(widths, activation, initialiser, p, inputWidth);
    }

    /** This MLP for inputs of this width only: another width is an error before training. */
    public Mlp inputs(int width) {
        return new Mlp(widths, activation, initialiser, dropout, width);
    }

    @Override
    public Node record(Tape tape, String prefix, Sources sources, RandomGenerator random) {
        Node top = sources.only(this);
        if (!(top.shape() instanceof Shape.Vector || top.shape() instanceof Shape.Image)) {
            top = sources.only(this, Shape.Vector.class, "features or an image");
        }
        for (int l = 0; l < widths.size(); l++) {
            String name = prefix + "." + l;
            top = tape.dense(name, top, widths.get(l), activation, initialiser, random);
            if (dropout > 0) {
                top = tape.dropout(name + ".dropout", top, dropout);
            }
        }
        return top;
    }

    @Override
    public boolean takesAnyFeatures() {
        return true;
    }

    private static String words(List<Integer> widths) {
        return widths.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return "mlp(" + words(widths) + ")"
                + (activation.equals(DEFAULT_ACTIVATION) ? "" : ".activation(" + activation + ")")
                + (initialiser.equals(DEFAULT_INITIALISER) ? "" : ".initialiser(" + initialiser + ")")
                + (dropout == 0 ? "" : ".dropout(" + dropout + ")")
                + (inputWidth == ANY_WIDTH ? "" : ".inputs(" + inputWidth + ")");
    }
}
