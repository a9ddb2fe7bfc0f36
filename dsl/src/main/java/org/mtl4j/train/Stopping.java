package org.mtl4j.train;

/**
 * What the validation part decides: which epoch's parameters a run holds, and when to stop early.
 *
 * @param patience epochs without improvement after which a training stops; {@link #NEVER} to run to the end
 * @param task the task whose validation loss is watched; empty for the sum over tasks, each times its own weight
 * @param keep whether the run holds the best epoch's parameters or the last
 */
public record Stopping(int patience, String task, Keep keep) {

    /** Never stops early. */
    public static final int NEVER = 0;

    /** Runs to the end and holds the best epoch by the weighted sum of validation losses. */
    public static final Stopping DEFAULT = new Stopping(NEVER, "", Keep.BEST);

    /** Which epoch a run holds. */
    public enum Keep {
        /** The one with the lowest criterion; the last where there is no validation part. */
        BEST,
        /** The last. */
        LAST
    }

    public Stopping {
        if (patience < 0) {
            throw new IllegalArgumentException(
                    "earlyStop(%d): it is a number of epochs, at least 1.%nGive the epochs to wait for an improvement: earlyStop(5)."
                            .formatted(patience));
        }
    }

    /** The watched quantity, in words. */
    public String criterion() {
        return task.isEmpty() ? "weighted sum of validation losses" : "validation loss of '" + task + "'";
    }

    @Override
    public String toString() {
        String on = task.isEmpty() ? "" : ".watch(\"" + task + "\")";
        return (patience == NEVER ? "" : ".earlyStop(" + patience + ")")
                + on
                + (keep == Keep.LAST ? ".keepLast()" : "");
    }
}
