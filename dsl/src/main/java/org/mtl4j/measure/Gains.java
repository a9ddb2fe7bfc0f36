package org.mtl4j.measure;

import java.util.Arrays;
import java.util.Collection;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.Collectors;

/** What the results of a study check and say alike: gains over seeds, and how many of them are decided. */
final class Gains {

    private Gains() {}

    /** These values, which must be finite; {@code what} begins the error. */
    static List<Double> finite(String what, List<Double> values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "%s is %s: it must be finite.\nLeave that seed out.".formatted(what, value));
            }
        }
        return List.copyOf(values);
    }

    /**
     * {@code 5 seeds, 12 pairs: 2 gain, 1 harm, 9 undecided (not adjusted for 12 comparisons).}
     *
     * @param thing what each interval is of, in the singular
     */
    static String summary(String thing, Collection<Interval> intervals) {
        if (intervals.isEmpty()) {
            return "Nothing was measured.";
        }
        String things = intervals.size() + " " + (intervals.size() == 1 ? thing : thing + "s");
        String start = seeds(intervals) + ", " + things + ": ";
        if (intervals.stream().noneMatch(interval -> interval.n() > 1)) {
            return start + "no interval, so nothing is decided; use seeds(5) or more.";
        }
        String counts = Arrays.stream(Verdict.values())
                .map(verdict -> count(verdict, intervals) + " " + verdict)
                .collect(Collectors.joining(", "));
        return start
                + counts
                + (intervals.size() == 1 ? "." : " (not adjusted for %d comparisons).".formatted(intervals.size()));
    }

    private static long count(Verdict verdict, Collection<Interval> intervals) {
        return intervals.stream()
                .filter(interval -> Verdict.of(interval) == verdict)
                .count();
    }

    /** {@code 5 seeds}, or {@code 3 to 5 seeds} where trainings failed. */
    private static String seeds(Collection<Interval> intervals) {
        IntSummaryStatistics n = intervals.stream().mapToInt(Interval::n).summaryStatistics();
        String least = n.getMin() == n.getMax() ? "" : n.getMin() + " to ";
        return least + n.getMax() + (n.getMax() == 1 ? " seed" : " seeds");
    }
}
