package org.mtl4j.tensor;

import java.util.random.RandomGenerator;

/**
 * Batch normalisation (Ioffe and Szegedy 2015, algorithm 1), channel by channel: y = gamma (x - mean) / sqrt(variance +
 * epsilon) + beta, with the mean and the biased variance over all rows and places of the batch in training, and the running ones
 * in evaluation.
 *
 * <p>The shape stays. running = (1 - momentum) running + momentum batch, with the unbiased variance of the batch, as PyTorch's
 * {@code BatchNorm1d} and {@code BatchNorm2d}; they start at 0 and 1. A batch of one number a channel, which has no unbiased
 * variance, gives beta and leaves the running variance. Of a series, the places of a row's own length count. gamma, beta:
 * [channels], which start at 1 and 0.
 *
 * <pre>{@code
 * sequential(conv2d(16, 3).noBias(), batchNorm(), relu())
 * }</pre>
 *
 * @param momentum of the running statistics, in (0, 1]
 * @param epsilon added to the variance
 */
public record BatchNorm(double momentum, double epsilon) implements Layer, LayerSpec {

    /** The share of a batch in the running statistics: PyTorch's. */
    public static final double DEFAULT_MOMENTUM = 0.1;

    public BatchNorm {
        if (!(momentum > 0 && momentum <= 1)) {
            throw new IllegalArgumentException(
                    "batchNorm().momentum(%s): the share of a batch lies in (0, 1].%nGive the share of the newest batch: momentum(0.1)."
                            .formatted(momentum));
        }
        requirePositive("batchNorm()", epsilon);
    }

    static void requirePositive(String layer, double epsilon) {
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException(
                    "%s.epsilon(%s): it keeps the root from 0.%nGive a small positive number: epsilon(1e-5)."
                            .formatted(layer, epsilon));
        }
    }

    /** This layer with another share of a batch in the running statistics. */
    public BatchNorm momentum(double share) {
        return new BatchNorm(share, epsilon);
    }

    /** This layer with another number under the root. */
    public BatchNorm epsilon(double number) {
        return new BatchNorm(momentum, number);
    }

    @Override
    public boolean couplesRows() {
        return true;
    }

    @Override
    public Node record(Tape tape, String name, Node input, RandomGenerator random) {
        return tape.add(new BatchNormNode(name, this, input, tape.parameters(), tape.buffers(), tape.tasks()));
    }

    @Override
    public String toString() {
        return "batchNorm()"
                + (momentum == DEFAULT_MOMENTUM ? "" : ".momentum(" + momentum + ")")
                + (epsilon == LayerNorm.DEFAULT_EPSILON ? "" : ".epsilon(" + epsilon + ")");
    }
}
