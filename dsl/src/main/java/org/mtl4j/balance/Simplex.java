package org.mtl4j.balance;

import java.util.Arrays;

/** Mutable, reused: projects onto the simplex, which is all weights of at least 0 that sum to 1. */
final class Simplex {

    private final double[] sorted;

    /** Room for so many weights. */
    Simplex(int tasks) {
        sorted = new double[tasks];
    }

    /**
     * Writes the point of the simplex nearest to y, max(0, y_i - theta) with theta such that they sum to 1. The largest y_i is
     * taken from all first, which moves no projection, so that large numbers keep the 1.
     *
     * @param y [tasks], overwritten
     * @return whether y was finite; where it was not, it is left as it is
     */
    boolean project(double[] y) {
        double most = Double.NEGATIVE_INFINITY;
        for (double each : y) {
            if (!Double.isFinite(each)) {
                return false;
            }
            most = Math.max(most, each);
        }
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.max(y[i] - most, -1); // at 1 and more below the largest the projection is 0 anyway
            sorted[i] = y[i];
        }
        Arrays.sort(sorted);
        double sum = 0;
        double theta = -1;
        for (int n = 1; n <= y.length; n++) {
            double next = sorted[y.length - n];
            sum += next;
            if (next > (sum - 1) / n) {
                theta = (sum - 1) / n;
            }
        }
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.max(0, y[i] - theta);
        }
        return true;
    }
}
