package org.mtl4j.tensor;

import java.util.random.RandomGenerator;

/**
 * Group normalisation (Wu and He 2018, arXiv 1803.08494, eq. 1 and 7): y = gamma (x - mean) / sqrt(variance + epsilon) + beta,
 * with the mean and the biased variance over the pixels of consecutive channels of one image. No row depends on another.
 *
 * <p>The shape stays; a vector is taken as channels of one pixel. gamma, beta: [channels], which start at 1 and 0.
 *
 * @param groups of channels
 * @param epsilon added to the variance
 */
public record GroupNorm(int groups, double epsilon) implements Layer, LayerSpec {

    public GroupNorm {
        if (groups < 1) {
            throw new IllegalArgumentException(
                    "groupNorm(%d): it needs at least 1 group.%nGive a divisor of the number of channels."
                            .formatted(groups));
        }
        BatchNorm.requirePositive("groupNorm(" + groups + ")", epsilon);
    }

    /** This layer with another number under the root. */
    public GroupNorm epsilon(double number) {
        return new GroupNorm(groups, number);
    }

    @Override
    public Node record(Tape tape, String name, Node input, RandomGenerator random) {
        if (!(input.shape instanceof Shape.Image || input.shape instanceof Shape.Vector)) {
            throw Shapes.unlike(name, this, "an image or features", input, "Take layerNorm() for a series");
        }
        Bias.requireDivides(Shapes.words(name, this), groups, input.features(), input);
        return tape.add(new GroupNormNode(name, this, input, tape.parameters(), tape.tasks()));
    }

    @Override
    public String toString() {
        return "groupNorm(" + groups + ")" + (epsilon == LayerNorm.DEFAULT_EPSILON ? "" : ".epsilon(" + epsilon + ")");
    }
}
