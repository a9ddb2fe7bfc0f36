package org.mtl4j.fitted;

import java.util.function.Supplier;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Tribuo's warnings about absent classes out of a notebook cell while our own scores are computed: the table says
 * by itself what is not defined. What other threads and later calls log is left as it is.
 */
final class Quiet {

    private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);
    // a strong reference: java.util.logging drops loggers, and their filters, that nobody holds
    private static final Logger WARNS = Logger.getLogger("org.tribuo.classification.evaluation.ConfusionMetrics");

    static {
        @Nullable Filter before = WARNS.getFilter();
        WARNS.setFilter(line -> DEPTH.get() == 0 && (before == null || before.isLoggable(line)));
    }

    private Quiet() {}

    static <V> V call(Supplier<V> work) {
        DEPTH.set(DEPTH.get() + 1);
        try {
            return work.get();
        } finally {
            DEPTH.set(DEPTH.get() - 1);
        }
    }
}
