package org.mtl4j.jupyter;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
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
 * <p>The last state of an output is static: it says how the training ended and needs no kernel. A training or job that
 * died of an exception does not say so itself; its output becomes static when the next one starts.
 */
final class LiveView implements TrainingListener {

    private final Supplier<? extends Cell> running;
    private final LongSupplier nanos;
    private final Supplier<String> ids;

    /** Trainings under way by the thread that trains, which is what tells their events apart. */
    private final Map<Thread, Training> trainings = new LinkedHashMap<>();

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
            closeTheDead();
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
            closeTheDead();
            trainings.put(Thread.currentThread(), new Training(plan, newOutput()));
        } else {
            current.started();
        }
    }

    @Override
    public synchronized void progress(Progress progress) {
        Job current = jobOfThisCell();
        Training own = trainings.get(Thread.currentThread());
        if (own != null) {
            own.output().offer(() -> LivePage.running(own.plan(), progress), nanos.getAsLong(), trainings.size());
        } else if (current != null) {
            current.progress(progress, nanos.getAsLong());
        }
    }

    @Override
    public synchronized void ended(History history) {
        Job current = jobOfThisCell();
        Training own = trainings.remove(Thread.currentThread());
        if (own != null) {
            close(own, history);
        } else if (current != null) {
            current.ended(history.ending(), nanos.getAsLong());
        }
    }

    /** What died without a word claims to run no longer: this thread's last training, those of dead threads, and any job. */
    private void closeTheDead() {
        for (Iterator<Map.Entry<Thread, Training>> each = trainings.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<Thread, Training> entry = each.next();
            boolean isDead =
                    entry.getKey() == Thread.currentThread() || !entry.getKey().isAlive();
            if (isDead || isSilentSinceItsCell(entry.getValue().output())) {
                each.remove();
                entry.getValue()
                        .output()
                        .close(() -> LivePage.died(entry.getValue().plan().title()));
            }
        }
        Job former = job;
        job = null;
        if (former != null) {
            former.died(nanos.getAsLong());
        }
    }

    /** JShell may train in another thread the next time, and keeps the first one. */
    private boolean isSilentSinceItsCell(Output output) {
        return !output.cell().equals(running.get()) && output.isSilent(nanos.getAsLong());
    }

    private void close(Training single, History history) {
        // A short training that went well shows nothing; an end that the user must know of is always shown.
        boolean mustBeSeen =
                history.ending() instanceof Ending.Interrupted || history.ending() instanceof Ending.Diverged;
        if (single.output().isShown() || mustBeSeen) {
            single.output().put(() -> LivePage.ended(single.plan(), history));
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
