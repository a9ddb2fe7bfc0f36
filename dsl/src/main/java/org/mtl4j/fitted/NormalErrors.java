package org.mtl4j.fitted;

import java.util.Arrays;

/**
 * The angles between predicted and measured surface normals, in degrees, over the pixels whose measurement is not all zero,
 * pooled (Eigen and Fergus 2015). Mutable.
 */
final class NormalErrors {

    private double[] angles = new double[64];
    private int pixels;

    /** Adds a pixel; one without a measurement adds nothing. @param p predicted [3] @param y measured [3] */
    void add(double[] p, double[] y) {
        double dot = 0;
        double pp = 0;
        double yy = 0;
        for (int c = 0; c < p.length; c++) {
            dot += p[c] * y[c];
            pp += p[c] * p[c];
            yy += y[c] * y[c];
        }
        if (yy == 0) {
            return;
        }
        if (pixels == angles.length) {
            angles = Arrays.copyOf(angles, 2 * pixels);
        }
        double cosine = dot / (Math.sqrt(pp) * Math.sqrt(yy));
        angles[pixels++] = StrictMath.toDegrees(StrictMath.acos(Math.max(-1, Math.min(1, cosine))));
    }

    /** The pixels with a measurement. */
    int pixels() {
        return pixels;
    }

    /** The mean angle. */
    double mean() {
        return Arrays.stream(angles, 0, pixels).average().orElse(Double.NaN);
    }

    /** The median angle, of an even count the mean of the two in the middle. */
    double median() {
        double[] sorted = Arrays.copyOf(angles, pixels);
        Arrays.sort(sorted);
        return pixels == 0 ? Double.NaN : (sorted[(pixels - 1) / 2] + sorted[pixels / 2]) / 2;
    }

    /** The share of pixels with an angle below this. */
    double within(double degrees) {
        return (double) Arrays.stream(angles, 0, pixels)
                        .filter(angle -> angle < degrees)
                        .count()
                / pixels;
    }
}
