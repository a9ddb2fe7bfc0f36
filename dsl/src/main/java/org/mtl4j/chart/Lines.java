package org.mtl4j.chart;

import java.awt.BasicStroke;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lines over epochs, steps or labels, one look per task, pair or way, NaN as a gap. Mutable until {@link #chart}. */
final class Lines {

    /** Points up to which each gets a marker; of more, about ten. */
    private static final int MARKED = 25;

    /** Points of a line at most; of more, every k-th. */
    private static final int POINTS = 500;

    /** Ratio of the largest to the smallest value from which the axis is logarithmic. */
    private static final double LOG_FROM = 50;

    /** Pixels between two ticks at least; more where that would put one between two whole numbers. */
    private static final int TICKS = 60;

    private static final int PLOT_WIDTH = 480;
    private static final int HEIGHT = 360;
    private static final int LEGEND_ROW = 19;

    private final XYChart xchart;
    private final Labels labels = new Labels();
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;

    private Lines(XYChart xchart) {
        this.xchart = xchart;
        Look.dress(xchart.getStyler());
    }

    /** Lines whose legend stands beside the plot, high enough for all of its entries. */
    static Lines withLegend(List<String> entries) {
        int longest = entries.stream().mapToInt(String::length).max().orElse(0);
        int width = PLOT_WIDTH + 110 + (int) (6.3 * longest);
        return new Lines(new XYChart(width, Math.max(HEIGHT, 90 + LEGEND_ROW * entries.size())));
    }

    /** Small lines for a view that changes while a training runs. */
    static Lines small(List<String> entries) {
        int longest = entries.stream().mapToInt(String::length).max().orElse(0);
        return new Lines(new XYChart(470 + (int) (6.3 * longest), Math.max(250, 70 + LEGEND_ROW * entries.size())));
    }

    /** A solid line with markers, in the legend by its name; left out if all of its values are NaN. */
    void solid(String name, int look, double[] xs, double[] ys) {
        if (!holdsValues(ys)) {
            return;
        }
        if (ys.length <= MARKED) {
            style(add("key " + look, xs, ys), look, Look.solid(1.8))
                    .setMarker(Look.marker(look))
                    .setLabel(name);
            return;
        }
        style(add("line " + look, xs, ys), look, Look.solid(1.8)).setShowInLegend(false);
        style(add("key " + look, xs, sparse(ys, look)), look, Look.solid(1.8))
                .setMarker(Look.marker(look))
                .setLabel(name);
    }

    /** A dashed line of the same colour, a plus if it is one point; not in the legend; left out if all is NaN. */
    void dashed(int look, double[] xs, double[] ys) {
        if (holdsValues(ys)) {
            XYSeries series = style(add("dashed " + look, xs, ys), look, Look.dashed(1.4));
            series.setMarker(ys.length == 1 ? SeriesMarkers.PLUS : SeriesMarkers.NONE);
            series.setShowInLegend(false);
        }
    }

    /** Faint points of the same colour and no line, not in the legend. */
    void faint(int look, double[] xs, double[] ys) {
        if (holdsValues(ys)) {
            XYSeries series = add("points " + look, xs, ys);
            style(series, look, Look.solid(1)).setShowInLegend(false);
            series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
            series.setMarker(SeriesMarkers.CIRCLE);
            series.setMarkerColor(Look.faint(look));
        }
    }

    /** The area between two lines where both have values, faint and of the same colour; a bar where they have one point. */
    void band(int look, double[] xs, double[] lows, double[] highs) {
        for (int from = 0; from < xs.length; from++) {
            int to = from;
            while (to < xs.length && Double.isFinite(lows[to]) && Double.isFinite(highs[to])) {
                to++;
            }
            if (to > from + 1) {
                area(look, from, around(xs, xs, from, to), around(highs, lows, from, to));
            } else if (to > from) {
                double[] x = {xs[from], xs[from]};
                style(add("bar " + look + " " + from, x, new double[] {lows[from], highs[from]}), look, Look.bar(1.5))
                        .setShowInLegend(false);
            }
            from = to;
        }
    }

    private void area(int look, int from, double[] xs, double[] ys) {
        XYSeries series = add("band " + look + " " + from, xs, ys);
        style(series, look, SeriesLines.NONE).setShowInLegend(false);
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
        series.setFillColor(Look.faint(look));
    }

    /** The values of {@code there} from one position on to another, then those of {@code back} in reverse. */
    private static double[] around(double[] there, double[] back, int from, int to) {
        double[] around = new double[2 * (to - from)];
        for (int i = from; i < to; i++) {
            around[i - from] = there[i];
            around[around.length - 1 - (i - from)] = back[i];
        }
        return around;
    }

    private XYSeries add(String name, double[] xs, double[] ys) {
        for (double y : ys) {
            if (Double.isFinite(y)) {
                low = Math.min(low, y);
                high = Math.max(high, y);
            }
        }
        int every = (xs.length + POINTS - 1) / POINTS;
        return xchart.addSeries(name, everyNth(xs, every), everyNth(ys, every));
    }

    private static XYSeries style(XYSeries series, int look, BasicStroke stroke) {
        series.setLineColor(Look.colour(look)).setLineStyle(stroke);
        series.setMarkerColor(Look.colour(look));
        series.setMarker(SeriesMarkers.NONE);
        return series;
    }

    private static double[] everyNth(double[] values, int n) {
        double[] kept = new double[(values.length + n - 1) / n];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = finiteOrNaN(values[i * n]);
        }
        return kept;
    }

    private static double finiteOrNaN(double value) {
        return Double.isInfinite(value) ? Double.NaN : value;
    }

    /** About ten of the values; not the same ones under each look, so that lines that coincide show the markers of all. */
    private static double[] sparse(double[] ys, int look) {
        double[] some = new double[ys.length];
        int every = ys.length / 10;
        int first = (every / 2 + look * Math.max(1, every / 5)) % every;
        for (int i = 0; i < ys.length; i++) {
            some[i] = i % every == first ? ys[i] : Double.NaN;
        }
        return some;
    }

    private static boolean holdsValues(double[] values) {
        return Arrays.stream(values).anyMatch(Double::isFinite);
    }

    /** A dotted vertical line. */
    void vertical(double x) {
        xchart.addAnnotation(new AnnotationLine(x, true, false));
    }

    /** A dotted horizontal line. */
    void horizontal(double y) {
        xchart.addAnnotation(new AnnotationLine(y, false, false));
    }

    /** Has the vertical axis hold this value. */
    void include(double y) {
        low = Math.min(low, y);
        high = Math.max(high, y);
    }

    /** The title. */
    void title(String title) {
        xchart.setTitle(title);
    }

    /** The horizontal axis: its title and range, with whole numbers at its ticks. */
    void across(String title, double from, double to) {
        xchart.setXAxisTitle(title);
        double margin = 0.015 * (to - from);
        xchart.getStyler().setXAxisMin(from - margin).setXAxisMax(to + margin);
        xchart.getStyler().setXAxisTickMarkSpacingHint((int) Math.max(TICKS, 0.9 * PLOT_WIDTH / (to - from)));
        xchart.setCustomXAxisTickLabelsFormatter(labels.remember(Labels::whole));
    }

    /** The horizontal axis, logarithmic, with these ticks only. */
    void acrossLog(String title, List<Integer> ticks) {
        AxesChartStyler styler = xchart.getStyler();
        double first = ticks.get(0);
        double last = ticks.get(ticks.size() - 1);
        double margin = ticks.size() == 1 ? 2 : StrictMath.pow(last / first, 0.05);
        xchart.setXAxisTitle(title + ", log scale");
        styler.setXAxisMin(first / margin).setXAxisMax(last * margin);
        xchart.getStyler().setXAxisLogarithmic(true);
        styler.setXAxisTicksVisible(false).setPlotGridVerticalLinesVisible(false);
        styler.setAxisTitlePadding(LabelTicks.HEIGHT); // room for the ticks
        xchart.addAnnotation(new LabelTicks(ticks, styler.getAxisTickLabelsFont()));
        labels.add(ticks.stream().map(LabelTicks::text).toList());
    }

    /** The vertical axis with the range of its values; logarithmic, and said so, where they span decades. */
    void up(String title) {
        if (low > high) {
            up(title, 0, 1);
        } else if (low > 0 && high / low > LOG_FROM) {
            xchart.getStyler().setYAxisLogarithmic(true);
            up(title + ", log scale", low / 1.2, high * 1.2);
        } else {
            double margin = high > low ? 0.06 * (high - low) : Math.max(0.05, 0.05 * Math.abs(high));
            up(title, low - margin, high + margin);
        }
    }

    /** The vertical axis with a fixed range. */
    void up(String title, double from, double to) {
        xchart.setYAxisTitle(title);
        xchart.getStyler().setYAxisMin(from).setYAxisMax(to);
        DoubleFunction<String> format = Labels::number;
        xchart.setCustomYAxisTickLabelsFormatter(labels.remember(format));
    }

    /** The finished chart; without a series it has no legend. */
    Chart chart(String altText) {
        return chart(Foot.Notes.NONE, altText);
    }

    /** The finished chart with notes below it. */
    Chart chart(Foot foot, String altText) {
        if (xchart.getSeriesCollection().isEmpty()) {
            xchart.getStyler().setLegendVisible(false);
        }
        xchart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        return new Chart(xchart, labels, foot, altText);
    }
}
