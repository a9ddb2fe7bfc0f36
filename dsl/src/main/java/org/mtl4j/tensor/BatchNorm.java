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
        return tape.add(new BatchNormNode(name, this, this, input, tape, null));
    }

    /**
     * This layer with statistics, gamma and beta of its own for each task, where the tasks share the rest of the net (Bilen and
     * Vedaldi 2017, Universal representations, arXiv 1701.07275; domain-specific batch normalisation of Chang et al. 2019).
     */
    public PerTask perTask() {
        return new PerTask(this);
    }

    /**
     * {@link BatchNorm} for each task apart: mean and variance of task t are of the rows with its label, its gamma and beta are
     * parameters of task t alone. Each task then has values of its own in all that follows, and the net computes a batch once
     * for each task. Where a net is one task's alone, it is the plain layer, over all rows.
     *
     * <p>A batch without a label of a task leaves that task's running statistics.
     *
     * <pre>{@code
     * sequential(conv2d(16, 3).noBias(), batchNorm().perTask(), relu())
     * }</pre>
     *
     * @param norm its numbers
     */
    public record PerTask(BatchNorm norm) implements Layer, LayerSpec {

        @Override
        public Node record(Tape tape, String name, Node input, RandomGenerator random) {
            if (tape.apart().isEmpty()) {
                return norm.record(tape, name, input, random);
            }
            Slabs slabs = tape.part();
            BatchNormNode node = new BatchNormNode(name, this, norm, input, tape, slabs);
            tape.add(node);
            for (int t = 0; t < slabs.size(); t++) {
                node.belongs(new TaskAffineNode(name + "." + slabs.tasks().get(t), node, t, tape), tape);
            }
            return node;
        }

        @Override
        public String toString() {
            return norm + ".perTask()";
        }
    }

    @Override
    public String toString() {
        return "batchNorm()"
                + (momentum == DEFAULT_MOMENTUM ? "" : ".momentum(" + momentum + ")")
                + (epsilon == LayerNorm.DEFAULT_EPSILON ? "" : ".epsilon(" + epsilon + ")");
    }
}
