package org.mtl4j.study;

import java.time.Duration;

/**
 * How much longer trials take: by the estimate until each worker has ended two, then by the pace of those that ended. Its
 * clock starts with it.
 */
final class TimeLeft {

    private final int total;
    private final int workers;
    private final Duration estimate;
    private final long start = System.nanoTime();

    /** @param estimate of all trials; zero if there is none */
    TimeLeft(int total, int workers, Duration estimate) {
        this.total = total;
        this.workers = workers;
        this.estimate = estimate;
    }

    Duration after(int done) {
        Duration spent = Duration.ofNanos(System.nanoTime() - start);
        boolean early = done < 2 * workers && !estimate.isZero();
        if (early || done == 0) {
            Duration left = estimate.minus(spent);
            return left.isNegative() ? Duration.ZERO : left;
        }
        return spent.dividedBy(done).multipliedBy(total - (long) done);
    }
}
