package org.mtl4j.chart;

import java.awt.Color;
import java.awt.Font;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.mtl4j.measure.Interval;
import org.mtl4j.measure.Verdict;

/** Draws rows of bars from 0, their intervals as whiskers, coloured by what the interval says. Mutable until it is drawn. */
final class IntervalBars {

    private static final int ROW = 30; // pixels, at least
    private static final int LINE = 14; // pixels that a line of a name takes
    private static final double BAR = 13; // pixels
    private static final double CAP = 0.16; // of a row, half the height of a whisker's end

    private final List<Row> rows;
    private final XYChart xchart;
    private final Labels labels = new Labels();
    private final Set<Verdict> explained = EnumSet.noneOf(Verdict.class);
    private double low;
    private double high;

    /**
     * One bar.
     *
     * @param label its name, in lines
     * @param interval in the axis's unit
     */
    record Row(List<String> label, Interval interval) {}

    IntervalBars(List<Row> rows) {
        this.rows = rows;
        int longest = rows.stream()
                .flatMap(row -> row.label().stream())
                .mapToInt(String::length)
                .max()
                .orElse(0);
        int lines = rows.stream().mapToInt(row -> row.label().size()).max().orElse(1);
        int height = Math.max(ROW, LINE * lines + 2) * Math.max(2, rows.size());
        this.xchart = new XYChart(520 + (int) (6.3 * longest), 120 + height);
    }

    /** The finished chart. */
    Chart chart(String title, String axis, Foot foot, String altText) {
        Look.dress(xchart.getStyler());
        for (Verdict verdict : Verdict.values()) { // the legend's order
            for (int row = 0; row < rows.size(); row++) {
                if (Verdict.of(rows.get(row).interval()) == verdict) {
                    draw(rows.get(row).interval(), verdict, rows.size() - row);
                }
            }
        }
        xchart.addAnnotation(new AnnotationLine(0, true, false));
        xchart.setTitle(title);
        xchart.setXAxisTitle(axis);
        axes();
        nameRows();
        xchart.getStyler().setLegendVisible(!explained.isEmpty());
        return new Chart(xchart, labels, foot, altText);
    }

    private void draw(Interval interval, Verdict verdict, int y) {
        double mean = interval.mean();
        if (!Double.isFinite(mean)) {
            return;
        }
        XYSeries bar = line("bar " + y, new double[] {0, mean}, new double[] {y, y}, BAR, colour(verdict));
        if (explained.add(verdict)) {
            bar.setLabel(verdict.toString()).setShowInLegend(true);
        }
        if (interval.n() > 1) {
            double from = interval.low();
            double to = interval.high();
            line("whisker " + y, new double[] {from, to}, new double[] {y, y}, 1.5, Look.INK);
            line("low " + y, new double[] {from, from}, new double[] {y - CAP, y + CAP}, 1.5, Look.INK);
            line("high " + y, new double[] {to, to}, new double[] {y - CAP, y + CAP}, 1.5, Look.INK);
        }
    }

    private XYSeries line(String name, double[] xs, double[] ys, double width, Color colour) {
        for (double x : xs) {
            low = Math.min(low, x);
            high = Math.max(high, x);
        }
        XYSeries series = xchart.addSeries(name, xs, ys);
        series.setLineColor(colour).setLineStyle(Look.bar(width));
        series.setMarker(SeriesMarkers.NONE).setShowInLegend(false);
        return series;
    }

    private void axes() {
        double margin = high > low ? 0.06 * (high - low) : 1;
        xchart.getStyler().setXAxisMin(low - margin).setXAxisMax(high + margin);
        xchart.getStyler().setYAxisMin(0.4).setYAxisMax(rows.size() + 0.6);
        xchart.getStyler().setPlotGridHorizontalLinesVisible(false);
        xchart.setCustomXAxisTickLabelsFormatter(labels.remember(Labels::number));
    }

    private void nameRows() {
        Font font = xchart.getStyler().getAxisTickLabelsFont();
        int width = 0;
        for (int row = 0; row < rows.size(); row++) {
            List<String> label = rows.get(row).label();
            xchart.addAnnotation(new RowLabel(label, rows.size() - row, font));
            labels.add(label);
            width = Math.max(width, RowLabel.width(label, font));
        }
        xchart.getStyler().setYAxisTicksVisible(false);
        xchart.getStyler().setYAxisLeftWidthHint(width);
    }

    private static Color colour(Verdict verdict) {
        return switch (verdict) {
            case GAIN -> Look.BLUE;
            case HARM -> Look.VERMILION;
            case UNDECIDED -> new Color(0xB0B0B0);
        };
    }
}
