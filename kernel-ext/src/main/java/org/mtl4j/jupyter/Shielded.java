package org.mtl4j.jupyter;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Does work in a thread of its own while the caller waits, so that an interrupt of the caller neither breaks it nor gets
 * lost in it.
 *
 * <p>A training thread is interrupted whatever it is at. Half-way through a message the kernel's socket would throw, and
 * the training would fail; half-way through a chart Java's font reader takes the interrupt, and the training would go on.
 */
final class Shielded {

    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(Shielded::daemon);

    private Shielded() {}

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "mtl4j-live-view");
        thread.setDaemon(true);
        return thread;
    }

    /** Returns when the work is done; throws what it throws. An interrupt meanwhile is left set. */
    static void run(Runnable work) {
        Future<?> result = THREAD.submit(work);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    result.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw thrown(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException thrown(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e.getCause());
    }
}
