package org.mtl4j.train;

/**
 * Why a training ended: {@link Completed}, {@link EarlyStopped}, {@link Interrupted}, {@link Diverged} or, for listeners
 * only, {@link Failed}.
 */
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
     * A loss became NaN or infinite; the parameters are those of the best epoch before, or the initial ones.
     *
     * @param task the task; empty where a parameter broke that no loss has seen
     * @param epoch the epoch, from 1
     * @param step the step, from 0
     * @param message the sentence for the user
     */
    record Diverged(String task, int epoch, int step, String message) implements Ending {}

    /**
     * An exception ended it, which the caller gets; only a listener sees this.
     *
     * @param message what the exception says
     */
    record Failed(String message) implements Ending {}
}
