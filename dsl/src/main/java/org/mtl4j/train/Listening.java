package org.mtl4j.train;

import java.time.Duration;

/** Holds the one listener that trainings report to; silent until a front end installs its own. Mutable. */
public final class Listening {

    /** Least time between two progress events. */
    public static final Duration PROGRESS_EVERY = Duration.ofMillis(250);

    /** A listener that hears nothing. */
    public static final TrainingListener SILENT = new TrainingListener() {
        @Override
        public void started(Started event) {}

        @Override
        public void progress(Progress event) {}

        @Override
        public void ended(History history) {}
    };

    private static volatile TrainingListener current = SILENT;

    private Listening() {}

    /** Makes this the listener of all trainings that start from now on in this JVM. */
    public static void install(TrainingListener listener) {
        current = listener;
    }

    /** The listener in force. */
    public static TrainingListener current() {
        return current;
    }
}
