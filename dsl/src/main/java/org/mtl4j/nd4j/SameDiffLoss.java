package org.mtl4j.nd4j;

import org.mtl4j.task.Loss;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A loss of the user's own as an ND4J SameDiff expression.
 *
 * <p>It sees the rows with a label of its task only, so it never meets a missing one; without any such row in a batch the
 * loss is 0. Predictions are what the head puts out: logits of classes, the log-odds of a binary task, standardised
 * numbers. Targets have the same shape: one 1 a row, 0 or 1 (also of each label of a multi-label task), standardised numbers.
 *
 * <p>The answer is one number, a mean over the rows; or one number a row, [rows] or [rows, k], of which the mean is taken.
 */
@FunctionalInterface
public interface SameDiffLoss {

    /**
     * Adds the loss to a graph. It is called once per training and task, possibly on several threads: it changes nothing but
     * {@code sd}.
     *
     * @param sd a fresh graph
     * @param predictions FLOAT [rows, outputs]
     * @param targets FLOAT [rows, outputs]
     */
    SDVariable of(SameDiff sd, SDVariable predictions, SDVariable targets);

    /** This expression as a loss of a task. @param name what it prints and is stored as */
    default Loss.Own named(String name) {
        return new Loss.Own(name, "", (loss, outputs) -> new LossGraph(loss, outputs, this));
    }
}
