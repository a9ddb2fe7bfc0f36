package org.mtl4j.benchmarks;

import java.util.Arrays;

/** Mutable: durations, of which the median and the lowest tenth are told. */
final class Times {

    private long[] nanos = new long[1 << 14];
    private int count;

    void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = duration;
    }

    int count() {
        return count;
    }

    /** Microseconds below which this share of the durations lies. */
    double micros(double share) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[(int) (share * count)] / 1e3;
    }
}
