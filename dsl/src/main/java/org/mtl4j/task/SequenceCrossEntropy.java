package org.mtl4j.task;

import java.util.List;

/**
 * Softmax cross-entropy at the positions of sequences, in nats, averaged by sequence: the mean over the rows of each row's
 * mean over its labelled positions, so that a long sequence weighs as much as a short one. {@link Loss.CrossEntropy} at the
 * same positions is the mean over all of them.
 *
 * @param labelSmoothing e, in [0, 1)
 */
public record SequenceCrossEntropy(double labelSmoothing) implements Loss {

    public SequenceCrossEntropy {
        perToken(labelSmoothing); // checks the range
    }

    /** This loss with label smoothing. */
    public SequenceCrossEntropy labelSmoothing(double share) {
        return new SequenceCrossEntropy(share);
    }

    static CrossEntropy perToken(double labelSmoothing) {
        return new CrossEntropy(labelSmoothing, List.of(), Reduction.MEAN);
    }

    @Override
    public String toString() {
        return "sequenceCrossEntropy()" + (labelSmoothing == 0 ? "" : ".labelSmoothing(" + labelSmoothing + ")");
    }
}
