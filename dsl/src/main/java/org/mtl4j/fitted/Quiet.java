package org.mtl4j.fitted;

import java.util.function.Supplier;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps out of a notebook cell what Tribuo logs for us: its warnings about absent classes while our own scores are
 * computed, since the table says by itself what is not defined, and its trainers' reports. What later calls log is left as
 * it is.
 */
final class Quiet {

    private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);
    // a strong reference: java.util.logging drops loggers, and their filters, that nobody holds
    private static final Logger WARNS = Logger.getLogger("org.tribuo.classification.evaluation.ConfusionMetrics");

    static {
        @Nullable Filter before = WARNS.getFilter();
        WARNS.setFilter(line -> DEPTH.get() == 0 && (before == null || before.isLoggable(line)));
    }

    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");
    private static int trainings; // running now, under this class's lock
    private static @Nullable Level before;

    private Quiet() {}

    /** Trains with Tribuo, whose trainers log what they are about to do; its warnings pass. */
    static <V> V training(Supplier<V> work) {
        begin();
        try {
            return work.get();
        } finally {
            end();
        }
    }

    private static synchronized void begin() {
        if (trainings++ == 0) {
            before = TRIBUO.getLevel();
            TRIBUO.setLevel(Level.WARNING);
        }
    }

    private static synchronized void end() {
        if (--trainings == 0) {
            TRIBUO.setLevel(before);
        }
    }

    static <V> V call(Supplier<V> work) {
        DEPTH.set(DEPTH.get() + 1);
        try {
            return work.get();
        } finally {
            DEPTH.set(DEPTH.get() - 1);
        }
    }
}
