package org.mtl4j.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.HeatMapStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.knowm.xchart.style.theme.XChartTheme;

/**
 * How our charts look: opaque white, logical sans-serif fonts that every server has, a light grid, and the colour-blind
 * safe palette of Okabe and Ito (2008) without its yellow, which white swallows.
 *
 * <p>Seven colours and six markers have no common factor, so 42 series in a row differ in colour or marker.
 */
final class Look {

    static {
        // A kernel on a server has no display: decided before the first AWT class loads, unless the user has.
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
    }

    static final Color INK = new Color(0x222222);
    static final Color GREY = new Color(0x6B6B6B);
    static final Color GRID = new Color(0xE3E3E3);
    static final Color BLUE = new Color(0x0072B2);
    static final Color VERMILION = new Color(0xD55E00);

    /** Orange below 0, white at 0, blue above: told apart by every kind of colour vision, and black text reads on all. */
    static final List<Color> DIVERGING = List.of(new Color(0xE66101), Color.WHITE, new Color(0x5E9BD1));

    /** Longest name, in characters, that a legend or an axis prints; longer ones lose their middle. */
    static final int NAME_LENGTH = 40;

    /** Spacing of ticks in pixels that lets no row and no column of a map go without its name. */
    private static final int EVERY_LABEL = 8;

    private static final int FAINT = 60; // of 255
    private static final int LEGEND_LENGTH = 28; // characters of a line

    private static final List<Color> COLOURS = List.of(
            BLUE,
            VERMILION,
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0xE69F00),
            new Color(0x56B4E9),
            new Color(0x000000));

    private static final List<Marker> MARKERS = List.of(
            SeriesMarkers.CIRCLE,
            SeriesMarkers.SQUARE,
            SeriesMarkers.TRIANGLE_UP,
            SeriesMarkers.DIAMOND,
            SeriesMarkers.TRIANGLE_DOWN,
            SeriesMarkers.CROSS);

    private Look() {}

    static Color colour(int index) {
        return COLOURS.get(index % COLOURS.size());
    }

    /** The colour, so faint that what lies below it shows. */
    static Color faint(int index) {
        Color colour = colour(index);
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), FAINT);
    }

    static Marker marker(int index) {
        return MARKERS.get(index % MARKERS.size());
    }

    static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /** A line; XChart draws it segment by segment, so that only round ends join without notches. */
    static BasicStroke solid(double width) {
        return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    /** A line that ends exactly at its points. */
    static BasicStroke bar(double width) {
        return new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    }

    static BasicStroke dashed(double width) {
        return new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {6, 3}, 0);
    }

    static BasicStroke dotted(double width) {
        return new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {2, 3}, 0);
    }

    /** The name, cut to {@link #NAME_LENGTH}. */
    static String shortened(String name) {
        return shortened(name, NAME_LENGTH);
    }

    /** The name, cut to half of {@link #NAME_LENGTH}: for two names in one label. */
    static String half(String name) {
        return shortened(name, NAME_LENGTH / 2);
    }

    /**
     * The name in at most this many lines, broken at a space where there is one in the right half of a line. The last line
     * loses its middle if it is too long.
     */
    static List<String> wrapped(String name, int length, int lines) {
        if (lines == 1 || name.codePointCount(0, name.length()) <= length) {
            return List.of(shortened(name, length));
        }
        int end = name.offsetByCodePoints(0, length);
        int space = name.lastIndexOf(' ', end);
        int cut = space < name.offsetByCodePoints(0, length / 2) ? end : space;
        List<String> wrapped = new ArrayList<>(List.of(name.substring(0, cut).strip()));
        wrapped.addAll(wrapped(name.substring(cut).strip(), length, lines - 1));
        return wrapped;
    }

    /** The name in one line or two of a legend. */
    static List<String> legend(String name) {
        return wrapped(name, LEGEND_LENGTH, 2);
    }

    private static String shortened(String name, int length) {
        int points = name.codePointCount(0, name.length());
        if (points <= length) {
            return name;
        }
        int head = name.offsetByCodePoints(0, length / 2);
        int tail = name.offsetByCodePoints(0, points - (length - 1) / 2);
        return name.substring(0, head) + "\u2026" + name.substring(tail);
    }

    /** Gives a chart's styler this look. */
    static void dress(AxesChartStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE)
                .setChartFontColor(INK)
                .setChartPadding(12)
                .setChartTitleFont(font(Font.BOLD, 14))
                .setChartTitleBoxVisible(false)
                .setChartTitlePadding(6)
                .setLegendPosition(Styler.LegendPosition.OutsideE)
                .setLegendLayout(Styler.LegendLayout.Vertical)
                .setLegendFont(font(Font.PLAIN, 11))
                .setLegendBorderColor(Color.WHITE)
                .setLegendBackgroundColor(Color.WHITE)
                .setLegendPadding(6)
                .setLegendSeriesLineLength(26)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setPlotContentSize(1)
                .setAnnotationLineColor(GREY)
                .setAnnotationLineStroke(dotted(1.2))
                .setAnnotationTextFont(font(Font.PLAIN, 11))
                .setAnnotationTextFontColor(INK)
                .setMarkerSize(6)
                .setAntiAlias(true);
        styler.setAxisTitleFont(font(Font.PLAIN, 12))
                .setAxisTitlePadding(6)
                .setAxisTickLabelsFont(font(Font.PLAIN, 11))
                .setAxisTickLabelsColor(INK)
                .setAxisTickMarksColor(GREY)
                .setAxisTickMarkLength(4)
                .setAxisTickPadding(4)
                .setAxisTicksLineVisible(true)
                .setPlotGridLinesColor(GRID)
                .setPlotGridLinesStroke(bar(1))
                .setPlotMargin(0)
                .setXAxisTickMarkSpacingHint(70)
                .setYAxisTickMarkSpacingHint(36);
    }

    /**
     * Gives a map's styler this look: cells without grid, border or axis lines, names at the right ends of their lines.
     *
     * @param across whether the names of the columns stand across, not upright
     */
    static void dressMap(HeatMapStyler styler, boolean across) {
        styler.setTheme(new XChartTheme()); // this chart's constructor leaves all parts invisible
        dress(styler);
        styler.setPlotGridLinesVisible(false).setAxisTicksLineVisible(false).setAxisTicksMarksVisible(false);
        if (!across) {
            styler.setXAxisLabelRotation(90);
        }
        styler.setXAxisLabelAlignmentVertical(AxesChartStyler.TextAlignment.Right);
        styler.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
        styler.setXAxisTickMarkSpacingHint(EVERY_LABEL).setYAxisTickMarkSpacingHint(EVERY_LABEL);
        styler.setRangeColors(DIVERGING.toArray(Color[]::new));
        styler.setShowValue(false).setDrawBorder(false);
    }
}
