package org.mtl4j.train;

/** Why a training ended: {@link Completed}, {@link EarlyStopped}, {@link Interrupted} or {@link Diverged}. */
public sealed interface Ending {

    /** All epochs or steps were taken. */
    record Completed() implements Ending {}

    /**
     * The criterion had not improved for a number of epochs.
     *
     * @param patience that number of epochs
     */
    record EarlyStopped(int patience) implements Ending {}

    /** The thread was interrupted; what was learned is kept. */
    record Interrupted() implements Ending {}

    /**
     * A loss became NaN or infinite; the parameters are those of the last epoch with finite losses.
     *
     * @param task the task
     * @param epoch the epoch, from 1
     * @param step the step, from 0
     * @param message the sentence for the user
     */
    record Diverged(String task, int epoch, int step, String message) implements Ending {}
}
