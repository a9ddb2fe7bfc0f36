package org.mtl4j.chart;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.mtl4j.measure.Conflict;
import org.mtl4j.measure.PairConflict;
import org.mtl4j.train.History;

/** Draws the cosine of each pair of task gradients over the steps: a moving mean over faint points. */
final class ConflictLines {

    /** Pairs drawn; of more, those with the lowest mean cosine. */
    private static final int PAIRS = 6;

    /** Points of a pair at most, so that a picture stays small; of more, every k-th. */
    private static final int POINTS = 150;

    private ConflictLines() {}

    static Chart of(Conflict conflict) {
        return Double.isNaN(conflict.negativeShare()) ? nothing(conflict) : lines(conflict);
    }

    /** An empty plot whose title says why it is empty. */
    static Chart nothing(Conflict conflict) {
        Lines lines = Lines.small(List.of());
        lines.title(conflict.summary().split("[:.]", 2)[0]);
        lines.across("step", 0, 1);
        lines.up("cosine of the task gradients", -1.05, 1.05);
        return lines.chart(conflict.summary());
    }

    private static Chart lines(Conflict conflict) {
        List<PairConflict> counted = conflict.pairs().stream()
                .filter(pair -> !pair.steps().isEmpty())
                .toList();
        List<PairConflict> drawn = counted.size() <= PAIRS
                ? counted
                : counted.stream()
                        .sorted(Comparator.comparingDouble(PairConflict::meanCosine))
                        .limit(PAIRS)
                        .toList();
        Lines lines = Lines.withLegend(drawn.stream().map(ConflictLines::label).toList());
        int window = Math.max(
                1, drawn.stream().mapToInt(pair -> pair.steps().size()).max().orElse(1) / 12);
        int last = 1;
        for (int p = 0; p < drawn.size(); p++) {
            draw(lines, drawn.get(p), p, window);
            List<Integer> steps = drawn.get(p).steps();
            last = Math.max(last, steps.get(steps.size() - 1));
        }
        lines.horizontal(0);
        lines.title(named(title(counted, drawn), conflict));
        String words = window == 1
                ? "points: probes"
                : "line: moving mean of %d probes, points: single probes".formatted(window);
        lines.across("step (" + words + ")", 0, last);
        lines.up("cosine of the task gradients", -1.05, 1.05);
        return lines.chart(told(conflict, counted, drawn));
    }

    private static void draw(Lines lines, PairConflict pair, int look, int window) {
        double[] steps = pair.steps().stream().mapToDouble(Integer::doubleValue).toArray();
        double[] cosines =
                pair.cosines().stream().mapToDouble(Double::doubleValue).toArray();
        int every = (steps.length + POINTS - 1) / POINTS;
        double[] someSteps = new double[(steps.length + every - 1) / every];
        double[] some = new double[someSteps.length];
        for (int i = 0; i < some.length; i++) {
            someSteps[i] = steps[i * every];
            some[i] = cosines[i * every];
        }
        lines.faint(look, someSteps, some);
        lines.solid(label(pair), look, steps, movingMean(cosines, window));
    }

    /** Mean over the {@code window} values around each value, fewer at the ends. */
    static double[] movingMean(double[] values, int window) {
        double[] means = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            int from = Math.max(0, i - window / 2);
            int to = Math.min(values.length, from + window);
            double sum = 0;
            for (int k = from; k < to; k++) {
                sum += values[k];
            }
            means[i] = sum / (to - from);
        }
        return means;
    }

    private static String label(PairConflict pair) {
        return String.format(
                Locale.ROOT,
                "%s / %s: %.0f %% negative",
                Look.half(pair.first()),
                Look.half(pair.second()),
                100 * pair.negativeShare());
    }

    /** A title that says so where the layers compared are not shared but correspond. */
    static String named(String title, Conflict conflict) {
        return conflict.compared() == History.Compared.SHARED ? title : title + " (corresponding layers)";
    }

    private static String title(List<PairConflict> counted, List<PairConflict> drawn) {
        return drawn.size() == counted.size()
                ? "Gradient cosine per pair of tasks"
                : "Gradient cosine: the %d lowest of %d pairs of tasks".formatted(drawn.size(), counted.size());
    }

    private static String told(Conflict conflict, List<PairConflict> counted, List<PairConflict> drawn) {
        StringBuilder out = new StringBuilder(named(title(counted, drawn), conflict)).append(" over the steps.");
        for (PairConflict pair : drawn) {
            out.append(String.format(
                    Locale.ROOT,
                    " %s: mean %+.2f, negative at %.0f %% of %d probes.",
                    pair.name(),
                    pair.meanCosine(),
                    100 * pair.negativeShare(),
                    pair.steps().size()));
        }
        return out.append(' ').append(conflict.summary()).toString();
    }
}
