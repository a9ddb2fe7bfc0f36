package org.mtl4j.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.mtl4j.measure.Interval;
import org.mtl4j.measure.Scarcity;

/** Draws what a task gains as its labels get fewer: a line per way to train, its t interval as a band. */
final class ScarcityLines {

    /** Factor from one curve's place to the next one's, where there is one number of labels. */
    private static final double ASIDE = 1.05;

    private ScarcityLines() {}

    static Chart of(Scarcity scarcity) {
        List<Scarcity.Curve> curves = scarcity.curves();
        List<List<String>> names =
                curves.stream().map(curve -> Look.legend(curve.name())).toList();
        List<double[]> places = places(scarcity);
        Lines lines = Lines.withLegend(names.stream().flatMap(List::stream).toList());
        for (int c = 0; c < curves.size(); c++) {
            List<Scarcity.Point> points = curves.get(c).points();
            lines.band(c, places.get(c), values(points, Interval::low), values(points, Interval::high));
        }
        for (int c = 0; c < curves.size(); c++) {
            List<Scarcity.Point> points = curves.get(c).points();
            lines.solid(String.join("\n", names.get(c)), c, places.get(c), values(points, Interval::mean));
        }
        lines.horizontal(0);
        lines.include(0);
        lines.title("Gain of '%s' from joint training, by its labels".formatted(Look.half(scarcity.task())));
        lines.acrossLog("labelled training rows", scarcity.labels());
        lines.up("gain in " + scarcity.metric().name() + " (up is better)");
        return lines.chart(foot(scarcity), told(scarcity));
    }

    /** The places of each curve's points: their numbers of labels, or, if all have one, beside it so that none hides. */
    private static List<double[]> places(Scarcity scarcity) {
        List<double[]> places = new ArrayList<>();
        int n = scarcity.curves().size();
        for (int c = 0; c < n; c++) {
            double shift = scarcity.labels().size() > 1 ? 1 : StrictMath.pow(ASIDE, c - (n - 1) / 2.0);
            places.add(scarcity.curves().get(c).points().stream()
                    .mapToDouble(point -> shift * point.labels())
                    .toArray());
        }
        return places;
    }

    private static double[] values(List<Scarcity.Point> points, ToDoubleFunction<Interval> part) {
        return points.stream()
                .mapToDouble(point -> part.applyAsDouble(point.interval()))
                .toArray();
    }

    private static Foot foot(Scarcity scarcity) {
        boolean hasBands = scarcity.curves().stream()
                .flatMap(curve -> curve.points().stream())
                .anyMatch(point -> point.gains().size() > 1);
        return new Foot.Notes(
                hasBands
                        ? List.of(
                                "Lines: means over seeds. Bands: 95 % t interval at each number of labels.",
                                scarcity.summary())
                        : List.of(scarcity.summary()));
    }

    private static String told(Scarcity scarcity) {
        return scarcity.curves().stream()
                .map(curve -> curve.points().stream()
                        .map(Scarcity.Point::toString)
                        .collect(Collectors.joining("; ", curve.name() + ": ", ".")))
                .collect(Collectors.joining(
                        " ",
                        "Gain of '%s' in %s from joint training, by its number of labels (positive is better). "
                                .formatted(scarcity.task(), scarcity.metric().name()),
                        " " + scarcity.summary()));
    }
}
