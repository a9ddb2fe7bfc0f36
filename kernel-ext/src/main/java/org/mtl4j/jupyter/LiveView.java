package org.mtl4j.jupyter;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mtl4j.train.Ending;
import org.mtl4j.train.History;
import org.mtl4j.train.TrainingListener;

/**
 * Shows trainings inside the cell that runs them: one output per training, or one for a job of several. Mutable; its
 * methods may be called from several threads, as a job's trainings do.
 *
 * <p>The last state of an output is static: it says how the training ended and needs no kernel.
 */
final class LiveView implements TrainingListener {

    private final Supplier<? extends Cell> running;
    private final LongSupplier nanos;
    private final Supplier<String> ids;

    private @Nullable Training training;
    private @Nullable Job job;

    /**
     * A view on all trainings of this JVM.
     *
     * @param running the cell that runs now
     * @param nanos a clock in nanoseconds
     * @param ids a new display id at each call
     */
    LiveView(Supplier<? extends Cell> running, LongSupplier nanos, Supplier<String> ids) {
        this.running = running;
        this.nanos = nanos;
        this.ids = ids;
    }

    /** One training on its own. */
    private record Training(Started plan, Output output) {}

    @Override
    public synchronized void trial(String name, int done, int total, Duration remaining) {
        Job current = jobOfThisCell();
        if (current == null || !current.name().equals(name)) {
            current = new Job(name, newOutput());
            job = current;
        }
        if (current.advance(done, total, remaining, nanos.getAsLong())) {
            job = null;
        }
    }

    @Override
    public synchronized void started(Started plan) {
        Job current = jobOfThisCell();
        if (current == null) {
            training = new Training(plan, newOutput());
        } else {
            current.started();
        }
    }

    @Override
    public synchronized void progress(Progress progress) {
        Job current = jobOfThisCell();
        Training single = training;
        if (current != null) {
            current.progress(progress, nanos.getAsLong());
        } else if (single != null) {
            single.output().offer(() -> LivePage.running(single.plan(), progress), nanos.getAsLong());
        }
    }

    @Override
    public synchronized void ended(History history) {
        Job current = jobOfThisCell();
        Training single = training;
        if (current != null) {
            current.ended(history.ending(), nanos.getAsLong());
        } else if (single != null) {
            training = null;
            close(single, history);
        }
    }

    private void close(Training single, History history) {
        // A short training that went well shows nothing; an end that the user must know of is always shown.
        boolean mustBeSeen =
                history.ending() instanceof Ending.Interrupted || history.ending() instanceof Ending.Diverged;
        if (single.output().isShown() || mustBeSeen) {
            single.output().put(LivePage.ended(single.plan(), history));
        }
    }

    private Output newOutput() {
        return new Output(running.get(), ids.get(), nanos.getAsLong());
    }

    /** The job under way; one that another cell began has ended with that cell, in whatever way. */
    private @Nullable Job jobOfThisCell() {
        Job current = job;
        return current != null && current.cell().equals(running.get()) ? current : null;
    }
}
