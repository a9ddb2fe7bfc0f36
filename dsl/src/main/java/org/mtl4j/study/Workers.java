package org.mtl4j.study;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mtl4j.train.TrainingListener;

/**
 * Runs independent trials side by side, one thread each, and reports on the caller's thread. The order of the answers is
 * that of the trials, so that results do not depend on the number of workers.
 */
public final class Workers {

    private Workers() {}

    /** Time between two reports of the time left while no trial ends. */
    static final Duration REPORT_EVERY = Duration.ofSeconds(1);

    /** The same as below, where nobody knows beforehand how long it takes. */
    public static <T> List<@Nullable T> run(
            String job, List<Callable<T>> trials, int workers, TrainingListener listener) {
        return run(job, trials, workers, Duration.ZERO, listener);
    }

    /**
     * The answers of all trials, in their order. An interrupt of the caller stops what still runs; the answers of the
     * trials that had not ended are null.
     *
     * @param job what is done, for the listener
     * @param workers threads, at least 1
     * @param estimate how long all of it takes; zero if that is not known
     */
    public static <T> List<@Nullable T> run(
            String job, List<Callable<T>> trials, int workers, Duration estimate, TrainingListener listener) {
        ExecutorService pool = Executors.newFixedThreadPool(workers, Workers::daemon);
        CompletionService<T> finished = new ExecutorCompletionService<>(pool);
        List<Future<T>> futures = new ArrayList<>();
        trials.forEach(trial -> futures.add(finished.submit(trial)));
        try {
            await(job, finished, new TimeLeft(trials.size(), workers, estimate), trials.size(), listener);
            return answers(futures);
        } finally {
            pool.shutdownNow();
            listener.trial(job, trials.size(), trials.size(), Duration.ZERO); // the job is over, however it ended
        }
    }

    /** Waits for all trials, or for an interrupt, which it takes. */
    private static <T> void await(
            String job, CompletionService<T> finished, TimeLeft left, int total, TrainingListener listener) {
        listener.trial(job, 0, total, left.after(0));
        for (int done = 0; done < total; ) {
            try {
                Future<T> next = finished.poll(REPORT_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                if (next != null) {
                    answer(next);
                    done++;
                }
            } catch (InterruptedException e) {
                return; // what has ended is kept
            }
            if (done < total) {
                listener.trial(job, done, total, left.after(done));
            }
        }
    }

    private static <T> List<@Nullable T> answers(List<Future<T>> futures) {
        List<@Nullable T> answers = new ArrayList<>();
        for (Future<T> future : futures) {
            answers.add(future.isDone() ? answer(future) : null);
        }
        return answers;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "mtl4j-trial");
        thread.setDaemon(true);
        return thread;
    }

    /** The answer of a trial that has ended, or its own exception. */
    private static <T> T answer(Future<T> ended) {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException own) {
                throw own;
            }
            throw new IllegalStateException("A trial failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("A trial that has ended does not wait.", e);
        }
    }
}
