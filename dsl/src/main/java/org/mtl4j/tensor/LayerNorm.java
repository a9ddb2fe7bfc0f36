package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Layer normalisation (Ba, Kiros and Hinton 2016, eq. 4): y = (x - mean) / sqrt(variance + epsilon) * weight + bias, over the
 * features of a row, over those of each place of a series, or over all of an image. The variance's divisor is their number.
 *
 * <p>The shape stays. weight, bias: as many as are normalised together; they start at 1 and 0.
 *
 * @param epsilon what is added to the variance
 */
public record LayerNorm(double epsilon) implements Layer, LayerSpec {

    /** PyTorch's. */
    public static final double DEFAULT_EPSILON = 1e-5;

    public LayerNorm {
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException(
                    "layerNorm(): epsilon %s is not positive.%nGive a small positive number: 1e-5.".formatted(epsilon));
        }
    }

    /** This layer with another number under the root. */
    public LayerNorm epsilon(double number) {
        return new LayerNorm(number);
    }

    @Override
    public Node record(Tape tape, String name, Node input, RandomGenerator random) {
        LayerNormNode node = new LayerNormNode(name, this, input, tape.parameters(), tape.tasks());
        Arrays.fill(tape.parameters().values(), node.first, node.first + node.features, 1f);
        return tape.add(node);
    }

    @Override
    public String toString() {
        return "layerNorm()" + (epsilon == DEFAULT_EPSILON ? "" : ".epsilon(" + epsilon + ")");
    }
}
