package org.mtl4j.train;

import java.time.Duration;

/** Hears of the trials of a study only. */
public abstract class TrialListener implements TrainingListener {

    @Override
    public abstract void trial(String job, int done, int total, Duration remaining);

    @Override
    public final void started(Started event) {}

    @Override
    public final void progress(Progress event) {}

    @Override
    public final void ended(History history) {}
}
