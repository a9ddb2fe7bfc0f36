package org.mtl4j;

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
import org.mtl4j.train.TrainingListener;

/**
 * Runs independent trials side by side, one thread each, and reports on the caller's thread. The order of the answers is
 * that of the trials, so that results do not depend on the number of workers.
 */
final class Workers {

    private Workers() {}

    /**
     * The answers of all trials.
     *
     * @param job what is done, for the listener
     * @param workers threads, at least 1
     * @throws InterruptedException if the caller was interrupted; trials that run are interrupted too
     */
    static <T> List<T> run(String job, List<Callable<T>> trials, int workers, TrainingListener listener)
            throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(workers, Workers::daemon);
        try {
            CompletionService<T> finished = new ExecutorCompletionService<>(pool);
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> trial : trials) {
                futures.add(finished.submit(trial));
            }
            long start = System.nanoTime();
            listener.trial(job, 0, trials.size(), Duration.ZERO);
            for (int done = 1; done <= trials.size(); done++) {
                unwrap(finished.take());
                long each = (System.nanoTime() - start) / done;
                listener.trial(job, done, trials.size(), Duration.ofNanos(each * (trials.size() - done)));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> future : futures) {
                answers.add(unwrap(future));
            }
            return answers;
        } finally {
            pool.shutdownNow();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "mtl4j-trial");
        thread.setDaemon(true);
        return thread;
    }

    /** The answer, or the trial's own exception. */
    private static <T> T unwrap(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException own) {
                own.addSuppressed(e); // where it was waited for
                throw own;
            }
            throw new IllegalStateException("A trial failed: " + e.getCause(), e);
        }
    }
}
