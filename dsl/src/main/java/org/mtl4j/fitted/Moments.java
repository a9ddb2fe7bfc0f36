package org.mtl4j.fitted;

import java.util.function.IntToDoubleFunction;

/**
 * What a column of numbers held: how many, and their range, mean and sum of squared deviations from it.
 *
 * @param sumSquares sum of (x - mean)^2
 */
record Moments(long count, double min, double max, double mean, double sumSquares) {

    /** The moments of n numbers, in two passes; all 0 where there are none. */
    static Moments of(int n, IntToDoubleFunction number) {
        if (n == 0) {
            return new Moments(0, 0, 0, 0, 0);
        }
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double x = number.applyAsDouble(i);
            min = Math.min(min, x);
            max = Math.max(max, x);
            sum += x;
        }
        double mean = sum / n;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double deviation = number.applyAsDouble(i) - mean;
            squares += deviation * deviation;
        }
        return new Moments(n, min, max, mean, squares);
    }
}
