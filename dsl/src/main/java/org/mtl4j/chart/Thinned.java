package org.mtl4j.chart;

import java.util.BitSet;

/** A line with fewer points that stays within a tolerance of them (Douglas and Peucker 1973). */
final class Thinned {

    private Thinned() {}

    /**
     * The points that are kept; the first and the last always are.
     *
     * @param line x0, y0, x1, y1, ..
     * @param tolerance the farthest that a point left out lies from what is drawn, in the line's own unit
     */
    static double[] of(double[] line, double tolerance) {
        int n = line.length / 2;
        BitSet kept = new BitSet(n);
        kept.set(0);
        kept.set(n - 1);
        keep(line, 0, n - 1, tolerance, kept);
        double[] thinned = new double[2 * kept.cardinality()];
        int to = 0;
        for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
            thinned[to++] = line[2 * i];
            thinned[to++] = line[2 * i + 1];
        }
        return thinned;
    }

    private static void keep(double[] line, int from, int to, double tolerance, BitSet kept) {
        int farthest = -1;
        double most = tolerance;
        for (int i = from + 1; i < to; i++) {
            double distance = distance(line, i, from, to);
            if (distance > most) {
                most = distance;
                farthest = i;
            }
        }
        if (farthest >= 0) {
            kept.set(farthest);
            keep(line, from, farthest, tolerance, kept);
            keep(line, farthest, to, tolerance, kept);
        }
    }

    /** From a point to the segment between two others. */
    private static double distance(double[] line, int i, int from, int to) {
        double dx = line[2 * to] - line[2 * from];
        double dy = line[2 * to + 1] - line[2 * from + 1];
        double px = line[2 * i] - line[2 * from];
        double py = line[2 * i + 1] - line[2 * from + 1];
        double square = dx * dx + dy * dy;
        double part = square == 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / square));
        double ox = px - part * dx;
        double oy = py - part * dy;
        return Math.sqrt(ox * ox + oy * oy);
    }
}
