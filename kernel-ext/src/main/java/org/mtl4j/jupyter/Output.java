package org.mtl4j.jupyter;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * One output of a cell that changes while something runs. Mutable.
 *
 * <p>It appears only once the work has lasted {@link #PATIENCE}, and changes at most every {@link #EVERY}: front ends
 * choke on more. Drawing and sending are {@link Shielded} from an interrupt of the work.
 */
final class Output {

    /** Work shorter than this shows nothing: twice EVERY, so that a loop of short trainings keeps to that rate too. */
    static final Duration PATIENCE = Duration.ofMillis(500);

    /** Least time between two changes. */
    static final Duration EVERY = Duration.ofMillis(250);

    /** Work that has sent nothing for so long, where it sends something after each step or {@link #EVERY}, is over. */
    static final Duration SILENCE = Duration.ofSeconds(5);

    private final Cell cell;
    private final String id;
    private final long started;
    private long changed;
    private long heard;
    private boolean shown;

    /** An output that has not appeared yet. */
    Output(Cell cell, String id, long nanos) {
        this.cell = cell;
        this.id = id;
        this.started = nanos;
        this.heard = nanos;
    }

    /** The cell that it belongs to. */
    Cell cell() {
        return cell;
    }

    /** Whether it has appeared. */
    boolean isShown() {
        return shown;
    }

    /** Time since the work started. */
    Duration age(long nanos) {
        return Duration.ofNanos(nanos - started);
    }

    /** Whether nothing was offered for long. */
    boolean isSilent(long nanos) {
        return nanos - heard > SILENCE.toNanos();
    }

    /**
     * Shows this state, if it is time for one.
     *
     * @param sharing how many outputs change now, this one included; together they keep to the rate
     */
    void offer(Supplier<Bundle> state, long nanos, int sharing) {
        heard = nanos;
        boolean due = shown ? nanos - changed >= sharing * EVERY.toNanos() : nanos - started >= PATIENCE.toNanos();
        if (due) {
            put(state);
            changed = nanos;
        }
    }

    /** Shows this last state if the output has appeared; else it never does. */
    void close(Supplier<Bundle> state) {
        if (shown) {
            put(state);
        }
    }

    /** Shows this state now: the last one, or one that must be seen. */
    void put(Supplier<Bundle> state) {
        boolean again = shown;
        Shielded.run(() -> {
            if (again) {
                cell.update(id, state.get());
            } else {
                cell.show(id, state.get());
            }
        });
        shown = true;
    }
}
