package org.mtl4j.measure;

import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The mean of paired differences with its two-sided Student t interval: mean ± t(1 - (1 - level)/2, n - 1) s / sqrt(n),
 * s the sample standard deviation.
 *
 * <p>With n = 1 there is no interval: {@code low} and {@code high} are NaN, nothing is excluded, and the text says so.
 * With n = 0 the mean is NaN too.
 *
 * @param mean the mean difference, in the unit of the values
 * @param low the lower bound
 * @param high the upper bound
 * @param level the coverage, between 0 and 1
 * @param n the number of pairs
 */
public record Interval(double mean, double low, double high, double level, int n) {

    /** The coverage where none is named. */
    public static final double LEVEL = 0.95;

    public Interval {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "An interval of level %s: a level lies between 0 and 1.\nUse 0.95, for example.".formatted(level));
        }
    }

    /** The interval of these differences at {@link #LEVEL}. */
    public static Interval of(List<Double> differences) {
        return of(differences, LEVEL);
    }

    /**
     * The interval of these differences.
     *
     * @throws IllegalArgumentException if a difference is NaN or infinite
     */
    public static Interval of(List<Double> differences, double level) {
        int n = differences.size();
        double sum = 0;
        for (double difference : differences) {
            if (!Double.isFinite(difference)) {
                throw new IllegalArgumentException(
                        "A difference is %s: an interval needs finite values.\nLeave that pair out."
                                .formatted(difference));
            }
            sum += difference;
        }
        double mean = n == 0 ? Double.NaN : sum / n;
        if (n < 2) {
            return new Interval(mean, Double.NaN, Double.NaN, level, n);
        }
        double squares = 0;
        for (double difference : differences) {
            squares += (difference - mean) * (difference - mean);
        }
        double error = Math.sqrt(squares / (n - 1) / n);
        double t = TDistribution.of(n - 1).inverseSurvivalProbability((1 - level) / 2);
        return new Interval(mean, mean - t * error, mean + t * error, level, n);
    }

    /** Whether there are bounds and 0 lies outside of them. */
    public boolean excludesZero() {
        return low > 0 || high < 0;
    }

    /** {@code +0.0740 [+0.0100, +0.1380]}, without level and n: for a table whose heading has them. */
    public String bounds() {
        if (n == 0) {
            return "no value";
        }
        String pattern = pattern();
        return n == 1
                ? String.format(Locale.ROOT, pattern, mean)
                : String.format(Locale.ROOT, pattern + " [" + pattern + ", " + pattern + "]", mean, low, high);
    }

    /** {@code +0.0740 [+0.0100, +0.1380] (95 % t, n = 8)}. */
    @Override
    public String toString() {
        if (n < 2) {
            return bounds() + (n == 0 ? " (n = 0)" : " (n = 1: no interval)");
        }
        String percent = String.format(Locale.ROOT, "%.4f", 100 * level).replaceAll("\\.?0+$", "");
        return bounds() + " (" + percent + " % t, n = " + n + ")";
    }

    private String pattern() {
        double size = Math.abs(mean);
        if (n > 1) {
            size = Math.max(size, Math.max(Math.abs(low), Math.abs(high)));
        }
        return size >= 1000 ? "%+.0f" : size >= 10 ? "%+.2f" : size >= 1e-3 || size == 0 ? "%+.4f" : "%+.2e";
    }
}
