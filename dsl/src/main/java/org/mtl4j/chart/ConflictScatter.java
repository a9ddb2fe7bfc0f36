package org.mtl4j.chart;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.mtl4j.measure.ConflictTransfer;
import org.mtl4j.measure.ConflictTransfer.Point;
import org.mtl4j.measure.Interval;

/** Draws gradient conflict against transfer: a point per task and way to train, a colour and a marker per task. */
final class ConflictScatter {

    /** Points up to which each has its two intervals as a cross. */
    private static final int CROSSES = 24;

    /** Points that an alt text names; of more, the first. */
    private static final int TOLD = 12;

    private static final int PLOT_WIDTH = 480;
    private static final int HEIGHT = 380;
    private static final int MARKER = 8; // pixels
    private static final int LEGEND_ROW = 19;
    private static final double MARGIN = 0.06; // of an axis's range

    private final ConflictTransfer result;
    private final List<Point> points;
    private final List<String> tasks;
    private final UnitScale scale = new UnitScale();
    private final XYChart xchart;
    private final Labels labels = new Labels();

    private ConflictScatter(ConflictTransfer result) {
        this.result = result;
        this.points = result.whole();
        this.tasks = points.stream().map(Point::task).distinct().toList();
        points.forEach(point -> scale.add(point.unit(), point.interval().mean()));
        List<String> legend =
                tasks.stream().flatMap(task -> Look.legend(task).stream()).toList();
        int longest = legend.stream().mapToInt(String::length).max().orElse(0);
        this.xchart = new XYChart(
                PLOT_WIDTH + 110 + (int) (6.3 * longest), Math.max(HEIGHT, 90 + LEGEND_ROW * legend.size()));
    }

    static Chart of(ConflictTransfer result) {
        return new ConflictScatter(result).chart();
    }

    private Chart chart() {
        Look.dress(xchart.getStyler());
        xchart.getStyler().setMarkerSize(MARKER);
        if (hasCrosses()) {
            for (int p = 0; p < points.size(); p++) {
                cross(p);
            }
        }
        tasks.forEach(this::draw);
        xchart.addAnnotation(new AnnotationLine(0, true, false));
        xchart.addAnnotation(new AnnotationLine(0, false, false));
        xchart.setTitle("Gradient conflict beside transfer");
        xchart.setXAxisTitle("mean gradient cosine with the other tasks");
        xchart.setYAxisTitle(scale.title() + " (up is better)");
        axes();
        xchart.getStyler().setLegendVisible(!points.isEmpty());
        return new Chart(xchart, labels, foot(), told());
    }

    private boolean hasCrosses() {
        return points.size() <= CROSSES;
    }

    private double gain(Point point, ToDoubleFunction<Interval> part) {
        return part.applyAsDouble(point.interval()) / scale.divisor(point.unit());
    }

    private void cross(int p) {
        Point point = points.get(p);
        int look = tasks.indexOf(point.task());
        Interval cosine = Interval.of(point.cosines());
        double y = gain(point, Interval::mean);
        if (cosine.n() > 1) {
            line("cosine " + p, look, new double[] {cosine.low(), cosine.high()}, new double[] {y, y});
        }
        if (point.gains().size() > 1) {
            line("gain " + p, look, new double[] {cosine.mean(), cosine.mean()}, new double[] {
                gain(point, Interval::low), gain(point, Interval::high)
            });
        }
    }

    private void line(String name, int look, double[] xs, double[] ys) {
        XYSeries series = xchart.addSeries(name, xs, ys);
        series.setLineColor(Look.faint(look)).setLineStyle(Look.bar(1.5));
        series.setMarker(SeriesMarkers.NONE).setShowInLegend(false);
    }

    private void draw(String task) {
        int look = tasks.indexOf(task);
        List<Point> own =
                points.stream().filter(point -> point.task().equals(task)).toList();
        XYSeries series = xchart.addSeries(
                "task " + look,
                own.stream().mapToDouble(Point::meanCosine).toArray(),
                own.stream().mapToDouble(point -> gain(point, Interval::mean)).toArray());
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        Color colour = Look.colour(look);
        series.setMarker(Look.marker(look)).setMarkerColor(colour).setLineColor(colour);
        series.setLabel(String.join("\n", Look.legend(task)));
    }

    private void axes() {
        double[] across = range(true);
        double[] up = range(false);
        xchart.getStyler().setXAxisMin(Math.max(across[0], -1.05)).setXAxisMax(Math.min(across[1], 1.05));
        xchart.getStyler().setYAxisMin(up[0]).setYAxisMax(up[1]);
        xchart.setCustomXAxisTickLabelsFormatter(labels.remember(Labels::number));
        xchart.setCustomYAxisTickLabelsFormatter(labels.remember(Labels::number));
    }

    /** The range of all that is drawn and 0, with a margin. */
    private double[] range(boolean isAcross) {
        double low = 0;
        double high = 0;
        for (XYSeries series : xchart.getSeriesCollection()) {
            for (double value : isAcross ? series.getXData() : series.getYData()) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        double margin = high > low ? MARGIN * (high - low) : 0.1;
        return new double[] {low - margin, high + margin};
    }

    private Foot foot() {
        List<String> notes = new ArrayList<>();
        notes.add(result.summary());
        notes.add(ConflictTransfer.NO_PROOF);
        notes.addAll(scale.notes());
        if (points.stream().anyMatch(point -> point.gains().size() > 1)) {
            notes.add(
                    hasCrosses()
                            ? "Points: means over seeds. Faint lines: 95 % t intervals."
                            : "Points: means over seeds; intervals of %d points are not drawn."
                                    .formatted(points.size()));
        } else if (!points.isEmpty()) {
            notes.add("One seed: no intervals.");
        }
        int leftOut = result.points().size() - points.size();
        if (leftOut > 0) {
            notes.add("Left out: %d without a cosine or without a gain.".formatted(leftOut));
        }
        return new Foot.Notes(notes);
    }

    private String told() {
        StringBuilder out = new StringBuilder("Gradient conflict beside transfer (positive gains are better).");
        points.stream()
                .limit(TOLD)
                .forEach(point -> out.append(' ').append(point).append('.'));
        if (points.size() > TOLD) {
            out.append(" And %d more points.".formatted(points.size() - TOLD));
        }
        return out.append(' ')
                .append(result.summary())
                .append(' ')
                .append(ConflictTransfer.NO_PROOF)
                .toString();
    }
}
