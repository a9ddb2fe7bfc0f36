package org.mtl4j.fitted;

/**
 * How far predicted depths p are from measured ones y, over the pixels with y above 0, pooled (Eigen et al. 2014). Mutable.
 */
final class DepthErrors {

    private static final double RATIO = 1.25;

    private long pixels;
    private double absolute;
    private double relative;
    private double square;
    private double logSquare;
    private final long[] within = new long[3];

    /** Adds a pixel; one without a measurement adds nothing. */
    void add(double predicted, double truth) {
        if (!(truth > 0)) {
            return;
        }
        double d = predicted - truth;
        double logarithm = StrictMath.log(predicted) - StrictMath.log(truth);
        double ratio = Math.max(predicted / truth, truth / predicted);
        pixels++;
        absolute += Math.abs(d);
        relative += Math.abs(d) / truth;
        square += d * d;
        logSquare += logarithm * logarithm;
        double limit = 1;
        for (int power = 0; power < within.length; power++) {
            limit *= RATIO;
            within[power] += predicted > 0 && ratio < limit ? 1 : 0;
        }
    }

    /** The pixels with a measurement. */
    long pixels() {
        return pixels;
    }

    /** Mean |p - y|. */
    double absolute() {
        return absolute / pixels;
    }

    /** Mean |p - y| / y. */
    double relative() {
        return relative / pixels;
    }

    /** Root of the mean (p - y)^2. */
    double rmse() {
        return Math.sqrt(square / pixels);
    }

    /** Root of the mean (log p - log y)^2; NaN where a predicted depth is below 0. */
    double rmseLog() {
        return Math.sqrt(logSquare / pixels);
    }

    /** The share of pixels with max(p / y, y / p) below 1.25^power. */
    double within(int power) {
        return (double) within[power - 1] / pixels;
    }
}
