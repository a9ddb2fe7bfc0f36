package org.mtl4j.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.mtl4j.fitted.Metric;
import org.mtl4j.show.Show;
import org.mtl4j.show.Table;

/**
 * Gradient conflict beside transfer: for each task in each joint training, the mean cosine of its gradient with those of
 * the others, and what it gained against single-task training. Neither explains the other.
 *
 * @param points one per task and way to train
 */
public record ConflictTransfer(List<Point> points) implements Show {

    /** The caveat of every picture and table that shows cosines beside gains. */
    public static final String NO_PROOF =
            "A low cosine is no proof of harm (Jiang et al., ForkMerge, arXiv 2301.12618).";

    private static final double ROUNDING = 1e-6; // what a mean of cosines may exceed 1 by

    /**
     * One task in one way.
     *
     * @param task the task
     * @param with the tasks that it was trained with, and how
     * @param metric the score that the gains are of
     * @param cosines mean cosine over a training's probes and the other tasks, one per seed, in [-1, 1]; none if there
     *     was nothing to probe
     * @param gains joint minus single-task, of the same seeds, positive is better; finite; none if every training failed
     */
    public record Point(String task, String with, Metric metric, List<Double> cosines, List<Double> gains) {

        public Point {
            cosines = List.copyOf(cosines);
            for (double cosine : cosines) {
                if (!(Math.abs(cosine) <= 1 + ROUNDING)) {
                    throw new IllegalArgumentException(
                            "Task '%s' with %s: a cosine is %s, but cosines lie in [-1, 1].\nLeave a seed without a probe out."
                                    .formatted(task, with, cosine));
                }
            }
            gains = Gains.finite("A gain of task '%s' with %s".formatted(task, with), gains);
        }

        /** The mean cosine over seeds; NaN without one. */
        public double meanCosine() {
            return Interval.of(cosines).mean();
        }

        /** The mean gain with its t interval over seeds. */
        public Interval interval() {
            return Interval.of(gains);
        }

        /** The unit of its gain. */
        public Unit unit() {
            return Unit.of(task, metric);
        }

        /** Whether it has a cosine and a gain. */
        public boolean isWhole() {
            return !cosines.isEmpty() && !gains.isEmpty();
        }

        /** {@code income with age: cosine +0.12, AUC +0.0740 [+0.0100, +0.1380] (95 % t, n = 8)}. */
        @Override
        public String toString() {
            return "%s with %s: cosine %s, %s %s".formatted(task, with, cosine(), metric.name(), interval());
        }

        private String cosine() {
            return cosines.isEmpty() ? "-" : String.format(Locale.ROOT, "%+.2f", meanCosine());
        }
    }

    public ConflictTransfer {
        points = List.copyOf(points);
    }

    /** The points with a cosine and a gain. */
    public List<Point> whole() {
        return points.stream().filter(Point::isWhole).toList();
    }

    /** The rank correlation of cosine and gain over the whole points, for each unit of gain. */
    public List<RankCorrelation> rankCorrelations() {
        Map<Unit, List<Point>> byUnit =
                whole().stream().collect(Collectors.groupingBy(Point::unit, LinkedHashMap::new, Collectors.toList()));
        return byUnit.entrySet().stream()
                .map(each -> RankCorrelation.of(each.getKey(), each.getValue()))
                .toList();
    }

    /** One sentence: the rank correlation of cosine and gain, for each unit of gain. */
    public String summary() {
        if (whole().isEmpty()) {
            return "No training has both a gradient cosine and a gain.";
        }
        return "Spearman rank correlation of cosine and gain: "
                + rankCorrelations().stream().map(RankCorrelation::toString).collect(Collectors.joining("; ")) + ".";
    }

    private Table table() {
        Table table = Table.titled("Gradient conflict beside transfer")
                .columns("task", "with", "cosine", "metric", "gain (positive is better)", "verdict");
        for (Point point : points) {
            Interval interval = point.interval();
            table = table.row(
                    point.task(),
                    point.with(),
                    point.cosine(),
                    point.metric().name(),
                    interval.toString(),
                    Verdict.of(interval));
        }
        table = table.note(summary()).note(NO_PROOF);
        if (!whole().isEmpty()) {
            table = table.note("The correlation describes these points; they share trainings, so it tests nothing.");
            table = table.note(
                    Gains.summary("point", whole().stream().map(Point::interval).toList()));
        }
        return table;
    }

    @Override
    public String toString() {
        return table().toString();
    }

    @Override
    public String toHtml() {
        return table().toHtml();
    }
}
