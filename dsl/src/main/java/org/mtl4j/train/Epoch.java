package org.mtl4j.train;

import java.time.Duration;
import java.util.List;

/**
 * What one epoch left behind. Lists have one entry per task, in the order of {@link History#tasks()}.
 *
 * @param number the epoch, from 1
 * @param step steps taken since the start
 * @param trainLosses mean training loss per task over the epoch's labelled rows, unweighted; NaN without labels
 * @param validationLosses loss per task on the validation part, unweighted; NaN without labels
 * @param criterion the quantity that early stopping watches, lower is better; NaN without a validation part
 * @param weights mean weight per task over the epoch's steps
 * @param coupling mean over the epoch's steps of what soft sharing adds to the loss, lambda R; 0 where nothing is tied
 * @param rate the learning rate of the epoch's last step
 * @param elapsed time since the start
 */
public record Epoch(
        int number,
        int step,
        List<Double> trainLosses,
        List<Double> validationLosses,
        double criterion,
        List<Double> weights,
        double coupling,
        double rate,
        Duration elapsed) {

    public Epoch {
        trainLosses = List.copyOf(trainLosses);
        validationLosses = List.copyOf(validationLosses);
        weights = List.copyOf(weights);
    }
}
