package org.mtl4j.train;

import java.time.Duration;
import java.util.List;

/**
 * Hears what a training does. The core prints nothing: without a listener a training is silent.
 *
 * <p>Called on the training thread, so that output belongs to the notebook cell that runs; a listener must be quick.
 */
public interface TrainingListener {

    /**
     * A training starts.
     *
     * @param title what is trained, in the user's words
     * @param tasks task names
     * @param epochs epochs planned
     * @param steps steps planned
     */
    record Started(String title, List<String> tasks, int epochs, long steps) {}

    /**
     * How far it is.
     *
     * @param epoch the running epoch, from 1
     * @param step steps taken
     * @param steps steps planned
     * @param losses running mean of the training loss per task; NaN for a task that has had no label yet
     * @param weights weight per task of the last step
     * @param conflictShare share of negative cosines among all probed pairs so far; NaN if none was probed
     * @param stepsPerSecond steps per second
     * @param remaining estimated time left
     * @param epochs the finished epochs
     */
    record Progress(
            int epoch,
            long step,
            long steps,
            List<Double> losses,
            List<Double> weights,
            double conflictShare,
            double stepsPerSecond,
            Duration remaining,
            List<Epoch> epochs) {}

    /** Several trainings follow as one job, or the next of them starts: {@code done} of {@code total}. */
    default void trial(String job, int done, int total, Duration remaining) {}

    /** A training starts. */
    void started(Started event);

    /** Called after a step or an epoch, at most every {@link Listening#PROGRESS_EVERY}. */
    void progress(Progress event);

    /** A training that had started ended, in whatever way: once, after an exception too. */
    void ended(History history);
}
