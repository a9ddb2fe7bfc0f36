package org.mtl4j.jupyter;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps libraries that announce themselves through java.util.logging out of the cells. */
final class Quiet {

    /** Held here, since the log manager forgets a logger, and its level, that nobody holds. */
    private static final List<Logger> LOGGERS = List.of(Logger.getLogger("dev.ludovic.netlib"));

    private Quiet() {}

    /** Silences them for the life of this JVM. */
    static void install() {
        LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
    }
}
