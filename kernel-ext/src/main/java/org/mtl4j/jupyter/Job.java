package org.mtl4j.jupyter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mtl4j.train.Ending;
import org.mtl4j.train.TrainingListener.Progress;

/** Several trainings behind one bar. Mutable. */
final class Job {

    private final String name;
    private final Output output;
    private final List<String> diverged = new ArrayList<>();
    private int done;
    private int total;
    private int active;
    private double part;
    private Duration remaining = Duration.ZERO;
    private boolean interrupted;

    Job(String name, Output output) {
        this.name = name;
        this.output = output;
    }

    /** The job's name in the user's words. */
    String name() {
        return name;
    }

    /** The cell that runs it. */
    Cell cell() {
        return output.cell();
    }

    /** Takes in how many trainings are done; true if that was the last news of the job. */
    boolean advance(int nowDone, int ofTotal, Duration left, long nanos) {
        int before = done;
        done = nowDone;
        total = ofTotal;
        remaining = left;
        part = 0;
        if (interrupted) {
            return false; // trainings that other threads still wind down change nothing any more
        }
        if (done < total) {
            offer(nanos);
            return false;
        }
        // The end is told however it came. One that skips trainings is an interrupt or an exception.
        if (total - before > 1) {
            done = before;
            output.put(() -> LivePage.jobEnded(name, "Stopped after " + howFar(nanos), diverged));
        } else if (output.isShown() || !diverged.isEmpty()) {
            String line = LivePage.count(total, "training") + " in " + Times.words(output.age(nanos)) + ".";
            output.put(() -> LivePage.jobEnded(name, line, diverged));
        }
        return true;
    }

    /** No news will come: it died of an exception. */
    void died(long nanos) {
        if (!interrupted) {
            output.close(() -> LivePage.jobEnded(name, "Stopped after " + howFar(nanos), diverged));
        }
    }

    private String howFar(long nanos) {
        return "%d of %d trainings, %s.".formatted(done, total, Times.words(output.age(nanos)));
    }

    /** One of its trainings starts. */
    void started() {
        active++;
    }

    /** One of its trainings goes on. */
    void progress(Progress progress, long nanos) {
        // Trainings side by side do not say which of them speaks, so only a lone one moves the bar between two trials.
        part = active == 1 && progress.steps() > 0 ? (double) progress.step() / progress.steps() : 0;
        if (!interrupted) {
            offer(nanos);
        }
    }

    /** One of its trainings ended. */
    void ended(Ending ending, long nanos) {
        active--;
        part = 0;
        if (ending instanceof Ending.Diverged end) {
            diverged.add(end.message());
        } else if (ending instanceof Ending.Interrupted && !interrupted) {
            interrupted = true;
            output.put(() -> LivePage.jobEnded(name, "Interrupted after " + howFar(nanos), diverged));
        }
    }

    private void offer(long nanos) {
        output.offer(
                () -> LivePage.job(name, "%d of %d trainings done".formatted(done, total), fraction(), remaining),
                nanos,
                1);
    }

    private double fraction() {
        return total == 0 ? 0 : Math.min(1, (done + part) / total);
    }
}
