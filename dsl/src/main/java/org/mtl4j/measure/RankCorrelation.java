package org.mtl4j.measure;

import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/**
 * Spearman's rank correlation of cosine and gain over the points whose gains have one unit: Pearson's correlation of the
 * ranks, ties at their mean rank. It describes those points and tests nothing: points share trainings.
 *
 * @param unit the unit of the gains
 * @param value in [-1, 1]; NaN with fewer than {@link #LEAST} points, or if all cosines or all gains are equal
 * @param n the number of points
 */
public record RankCorrelation(Unit unit, double value, int n) {

    /** Points that a correlation needs: of two, it is always -1, 1 or undefined. */
    public static final int LEAST = 3;

    static RankCorrelation of(Unit unit, List<ConflictTransfer.Point> points) {
        double value = Double.NaN;
        if (points.size() >= LEAST) {
            value = new SpearmansCorrelation()
                    .correlation(
                            points.stream()
                                    .mapToDouble(ConflictTransfer.Point::meanCosine)
                                    .toArray(),
                            points.stream()
                                    .mapToDouble(point -> point.interval().mean())
                                    .toArray());
        }
        return new RankCorrelation(unit, value, points.size());
    }

    /** {@code +0.31 (n = 8) for AUC}. */
    @Override
    public String toString() {
        String number = Double.isNaN(value) ? "not defined" : String.format(Locale.ROOT, "%+.2f", value);
        return "%s (n = %d) for %s".formatted(number, n, unit);
    }
}
