package org.mtl4j.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.mtl4j.balance.Balancer;
import org.mtl4j.measure.Trajectories;
import org.mtl4j.train.Surface;
import org.mtl4j.train.Trajectory;
import org.mtl4j.train.Trajectory.Stop;

/** Draws the ways of balancers over the contour lines of two losses, with the Pareto front. */
final class TrajectoryLines {

    private static final int PLOT = 480; // pixels, both ways
    private static final int GRID = 121; // places of the contour lines' grid, both ways
    private static final int LEVELS = 16; // about so many of each loss
    private static final double TOLERANCE = 1; // pixels that a drawn line may be off
    private static final double COVERED = 0.95; // the part of the grid whose values have contour lines

    /** Paler than any line of a balancer, and told apart by lightness and dashes. */
    private static final List<Color> PALE = List.of(new Color(0xB9B9B9), new Color(0xD3B483), new Color(0x9CC3D5));

    private final Trajectories ways;
    private final double[] low;
    private final double[] high;
    private final XYChart xchart;
    private final Labels labels = new Labels();
    private final List<String> told = new ArrayList<>();

    private TrajectoryLines(Trajectories ways) {
        if (ways.parameters() != 2) {
            throw new IllegalArgumentException(
                    "chart(): the landscape has %d parameters, and contour lines are of two.%nStart from places of two numbers, start(-8.5, 7.5), or read the table alone."
                            .formatted(ways.parameters()));
        }
        this.ways = ways;
        low = ways.low();
        high = ways.high();
        int longest = ways.balancers().stream()
                .mapToInt(each -> Look.shortened(each.toString()).length())
                .max()
                .orElse(0);
        xchart = new XYChart(PLOT + 110 + (int) (6.3 * Math.max(20, longest)), PLOT + 80);
    }

    static Chart of(Trajectories ways) {
        return new TrajectoryLines(ways).chart();
    }

    private Chart chart() {
        Look.dress(xchart.getStyler());
        xchart.getStyler().setPlotGridLinesVisible(false).setMarkerSize(9);
        for (int s = 0; s < ways.surfaces().size(); s++) {
            contours(s);
        }
        front();
        List<Balancer> balancers = ways.balancers();
        balancers.forEach(each -> path(each, balancers.indexOf(each)));
        starts();
        balancers.forEach(each -> ends(each, balancers.indexOf(each)));
        xchart.setTitle("Trajectories of %d balancers from %d starts"
                .formatted(balancers.size(), starts(ways).size()));
        xchart.setXAxisTitle("x1");
        xchart.setYAxisTitle("x2");
        xchart.getStyler().setXAxisMin(low[0]).setXAxisMax(high[0]);
        xchart.getStyler().setYAxisMin(low[1]).setYAxisMax(high[1]);
        xchart.setCustomXAxisTickLabelsFormatter(labels.remember(Labels::number));
        xchart.setCustomYAxisTickLabelsFormatter(labels.remember(Labels::number));
        return new Chart(xchart, labels, new Foot.Notes(notes()), altText());
    }

    private static List<Stop> starts(Trajectories ways) {
        return ways.all().stream().map(Trajectory::start).distinct().toList();
    }

    private void contours(int s) {
        Surface surface = ways.surfaces().get(s);
        double[] values = values(surface);
        List<double[]> lines = new ArrayList<>();
        List<Double> levels = levels(values);
        for (double level : levels) {
            for (double[] line : Contours.of(values, GRID, level)) {
                double[] pixels = Arrays.stream(line)
                        .map(cells -> cells * PLOT / (GRID - 1))
                        .toArray();
                double[] thinned = Thinned.of(pixels, TOLERANCE);
                for (int i = 0; i < thinned.length; i++) {
                    thinned[i] = low[i % 2] + thinned[i] / PLOT * (high[i % 2] - low[i % 2]);
                }
                lines.add(thinned);
            }
        }
        BasicStroke stroke = s % 2 == 0 ? Look.bar(1) : Look.dashed(1);
        series("contours " + s, lines, PALE.get(s % PALE.size()), stroke)
                .setLabel("contour lines of " + surface.name());
        told.add(surface.name() + " " + words(levels));
    }

    private double[] values(Surface surface) {
        double[] values = new double[GRID * GRID];
        double[] unread = new double[2];
        for (int i = 0; i < values.length; i++) {
            int row = i / GRID;
            double[] x = {between(0, i - row * GRID), between(1, row)};
            values[i] = surface.formula().at(x, unread);
        }
        return values;
    }

    /** {@code every 2 from -18 to 6}. */
    private static String words(List<Double> levels) {
        String last = levels.isEmpty() ? "nowhere" : Labels.number(levels.get(levels.size() - 1));
        return levels.size() < 2
                ? "at " + last
                : "every %s from %s to %s"
                        .formatted(Labels.number(levels.get(1) - levels.get(0)), Labels.number(levels.get(0)), last);
    }

    private double between(int parameter, int step) {
        return low[parameter] + step * (high[parameter] - low[parameter]) / (GRID - 1);
    }

    /** Round numbers, evenly over most of the values. */
    private static List<Double> levels(double[] values) {
        double[] sorted =
                Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        double least = sorted[0];
        double most = sorted[(int) (COVERED * (sorted.length - 1))];
        double rough = (most - least) / LEVELS;
        if (!(rough > 0)) {
            return List.of();
        }
        double decade = StrictMath.pow(10, Math.floor(StrictMath.log10(rough)));
        double step = rough > 5 * decade ? 10 * decade : rough > 2 * decade ? 5 * decade : 2 * decade;
        List<Double> levels = new ArrayList<>();
        for (double k = Math.ceil(least / step); k * step <= most; k++) {
            levels.add(k * step);
        }
        return levels;
    }

    private void front() {
        if (!ways.front().places().isEmpty()) {
            series("front", List.of(line(ways.front().places())), Look.INK, Look.solid(4))
                    .setLabel("Pareto front");
        }
    }

    private static double[] line(List<Stop> stops) {
        return stops.stream()
                .filter(stop -> stop.at().stream().allMatch(Double::isFinite))
                .flatMapToDouble(stop -> stop.at().stream().mapToDouble(x -> x))
                .toArray();
    }

    private void path(Balancer balancer, int look) {
        List<double[]> lines = ways.of(balancer).stream()
                .map(way -> thinned(line(way.stops())))
                .toList();
        series("path " + look, lines, Look.colour(look), Look.solid(1.8)).setShowInLegend(false);
    }

    private double[] thinned(double[] line) {
        double across = (high[0] - low[0]) / PLOT;
        double up = (high[1] - low[1]) / PLOT;
        double[] pixels = new double[line.length];
        for (int i = 0; i < line.length; i++) {
            pixels[i] = line[i] / (i % 2 == 0 ? across : up);
        }
        double[] thinned = Thinned.of(pixels, TOLERANCE);
        for (int i = 0; i < thinned.length; i++) {
            thinned[i] *= i % 2 == 0 ? across : up;
        }
        return thinned;
    }

    private void starts() {
        List<double[]> places =
                starts(ways).stream().map(stop -> line(List.of(stop))).toList();
        points("start", places, Look.INK, SeriesMarkers.PLUS)
                .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    }

    private void ends(Balancer balancer, int look) {
        List<double[]> places = ways.of(balancer).stream()
                .map(way -> line(List.of(way.end())))
                .filter(line -> line.length > 0)
                .toList();
        if (!places.isEmpty()) {
            points("ends " + look, places, Look.colour(look), Look.marker(look))
                    .setLabel(Look.shortened(balancer.toString()));
        }
    }

    /** Points, whose entry in the legend has a line too. */
    private XYSeries points(String name, List<double[]> places, Color colour, Marker marker) {
        XYSeries series = series(name, places, colour, Look.solid(1.8));
        series.setMarker(marker).setMarkerColor(colour);
        return series;
    }

    /** Lines of one look: x0, y0, x1, y1, .. each, with a gap after each. */
    private XYSeries series(String name, List<double[]> lines, Color colour, BasicStroke stroke) {
        int points = lines.stream().mapToInt(line -> line.length / 2 + 1).sum();
        double[] xs = new double[points];
        double[] ys = new double[points];
        int to = 0;
        for (double[] line : lines) {
            for (int i = 0; i < line.length; i += 2) {
                xs[to] = line[i];
                ys[to++] = line[i + 1];
            }
            xs[to] = low[0];
            ys[to++] = Double.NaN;
        }
        XYSeries series = xchart.addSeries(name, xs, ys);
        series.setMarker(SeriesMarkers.NONE).setLineColor(colour).setLineStyle(stroke);
        return series;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add("Contour lines: " + String.join("; ", told) + ".");
        if (!ways.summary().isEmpty()) {
            notes.add(ways.summary());
        }
        return notes;
    }

    private String altText() {
        return ways.balancers().stream()
                .map(each -> ways.of(each).stream()
                        .map(way -> Trajectories.place(way.end()))
                        .collect(Collectors.joining(" ", each + ": ", ".")))
                .collect(Collectors.joining(
                        " ",
                        "Where balancers end on two losses, from the starts %s. "
                                .formatted(starts(ways).stream()
                                        .map(Trajectories::place)
                                        .collect(Collectors.joining(" "))),
                        ways.summary().isEmpty() ? "" : " " + ways.summary()));
    }
}
