package org.mtl4j.measure;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.mtl4j.fitted.Metric;
import org.mtl4j.show.Show;
import org.mtl4j.show.Table;

/**
 * What a task gains from joint training as its labels get fewer.
 *
 * @param task the task whose labels were taken away
 * @param metric the score that the gains are of
 * @param curves one per way to train
 */
public record Scarcity(String task, Metric metric, List<Curve> curves) implements Show {

    /**
     * The gains of one way.
     *
     * @param name the way, such as {@code with registered, equal()}
     * @param points by number of labels, ascending
     */
    public record Curve(String name, List<Point> points) {

        public Curve {
            points = List.copyOf(points);
            if (name.isBlank() || points.isEmpty()) {
                throw new IllegalArgumentException("A curve '%s' of %d points.\nGive it a name and a point or more."
                        .formatted(name, points.size()));
            }
            for (int i = 1; i < points.size(); i++) {
                if (points.get(i).labels() <= points.get(i - 1).labels()) {
                    throw new IllegalArgumentException(
                            "Curve '%s': %d labels come after %d, but numbers of labels ascend.\nSort the points, one a number."
                                    .formatted(
                                            name,
                                            points.get(i).labels(),
                                            points.get(i - 1).labels()));
                }
            }
        }
    }

    /**
     * The gain at one number of labels.
     *
     * @param labels labelled training rows, at least 1
     * @param gains joint minus single-task, one per seed, positive is better; finite; none if every training failed
     */
    public record Point(int labels, List<Double> gains) {

        public Point {
            if (labels < 1) {
                throw new IllegalArgumentException(
                        "A point at %d labels: there must be one at least.\nLeave it out.".formatted(labels));
            }
            gains = Gains.finite("A gain at %d labels".formatted(labels), gains);
        }

        /** The mean gain with its t interval over seeds. */
        public Interval interval() {
            return Interval.of(gains);
        }

        /** {@code 100 labels: +0.0740 [+0.0100, +0.1380] (95 % t, n = 8)}. */
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,d label%s: %s", labels, labels == 1 ? "" : "s", interval());
        }
    }

    public Scarcity {
        curves = List.copyOf(curves);
        if (curves.isEmpty()) {
            throw new IllegalArgumentException(
                    "Task '%s': a scarcity of no curves.\nName one way to train or more.".formatted(task));
        }
        Set<String> names = new HashSet<>();
        for (Curve curve : curves) {
            if (!names.add(curve.name())) {
                throw new IllegalArgumentException("Task '%s': two curves are named '%s'.\nName each as it differs."
                        .formatted(task, curve.name()));
            }
        }
    }

    /** Every number of labels that a curve has a point at, ascending. */
    public List<Integer> labels() {
        return curves.stream()
                .flatMap(curve -> curve.points().stream())
                .map(Point::labels)
                .distinct()
                .sorted()
                .toList();
    }

    /** One sentence: seeds, points, and how many of them show a gain, harm, neither. */
    public String summary() {
        return Gains.summary(
                "point",
                curves.stream()
                        .flatMap(curve -> curve.points().stream())
                        .map(Point::interval)
                        .toList());
    }

    private Table table() {
        Table table = Table.titled("Gain of task '%s' by its number of labels".formatted(task))
                .columns("way to train", "labels", "gain in " + metric.name() + " (positive is better)", "verdict");
        for (Curve curve : curves) {
            for (Point point : curve.points()) {
                Interval interval = point.interval();
                table = table.row(
                        curve.name(),
                        String.format(Locale.ROOT, "%,d", point.labels()),
                        interval.toString(),
                        Verdict.of(interval));
            }
        }
        return table.note("A gain: joint against single-task training on the same labels.")
                .note(summary());
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
