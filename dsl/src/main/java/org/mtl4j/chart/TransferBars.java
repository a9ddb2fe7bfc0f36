package org.mtl4j.chart;

import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.mtl4j.measure.Interval;
import org.mtl4j.measure.TaskTransfer;
import org.mtl4j.measure.Transfer;
import org.mtl4j.measure.Verdict;

/**
 * Draws the gain of joint over single-task training: one bar per task, its t interval as whiskers.
 *
 * <p>Gains of several units cannot share an axis: unless all have one metric in [0, 1], a gain is drawn in percent of the
 * size of the mean single-task score.
 */
final class TransferBars {

    private static final int ROW = 30;
    private static final double BAR = 13; // pixels
    private static final double CAP = 0.16; // of a row, half the height of a whisker's end

    private final Transfer transfer;
    private final boolean relative;
    private final XYChart xchart;
    private final Labels labels = new Labels();
    private final Set<Verdict> explained = EnumSet.noneOf(Verdict.class);
    private double low;
    private double high;

    private TransferBars(Transfer transfer) {
        this.transfer = transfer;
        List<TaskTransfer> tasks = transfer.tasks();
        this.relative = tasks.size() > 1
                && (tasks.stream().map(TaskTransfer::metric).distinct().count() > 1
                        || !tasks.get(0).metric().higherIsBetter());
        int longest =
                tasks.stream().mapToInt(task -> label(task).length()).max().orElse(0);
        this.xchart = new XYChart(520 + (int) (6.3 * longest), 120 + ROW * Math.max(2, tasks.size()));
    }

    static Chart of(Transfer transfer) {
        return new TransferBars(transfer).chart();
    }

    private Chart chart() {
        Look.dress(xchart.getStyler());
        for (Verdict verdict : Verdict.values()) { // the legend's order
            for (int row = 0; row < transfer.tasks().size(); row++) {
                if (transfer.tasks().get(row).verdict() == verdict) {
                    draw(transfer.tasks().get(row), transfer.tasks().size() - row);
                }
            }
        }
        xchart.addAnnotation(new AnnotationLine(0, true, false));
        xchart.setTitle("Joint against single-task training, %d seed%s"
                .formatted(transfer.seeds().size(), transfer.seeds().size() == 1 ? "" : "s"));
        axes();
        xchart.getStyler().setLegendVisible(!explained.isEmpty());
        return new Chart(xchart, labels, told());
    }

    private void draw(TaskTransfer task, int y) {
        Interval interval = task.interval();
        double scale = scale(task);
        double mean = interval.mean() * scale;
        if (!Double.isFinite(mean)) {
            return;
        }
        Verdict verdict = task.verdict();
        XYSeries bar = line("bar " + y, new double[] {0, mean}, new double[] {y, y}, BAR, colour(verdict));
        if (explained.add(verdict)) {
            bar.setLabel(verdict.toString()).setShowInLegend(true);
        }
        if (interval.n() > 1) {
            double from = interval.low() * scale;
            double to = interval.high() * scale;
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
        xchart.getStyler().setYAxisMin(0.4).setYAxisMax(transfer.tasks().size() + 0.6);
        xchart.getStyler().setPlotGridHorizontalLinesVisible(false);
        xchart.setCustomXAxisTickLabelsFormatter(labels.remember(Labels::number));
        nameRows();
        xchart.setXAxisTitle(axisTitle());
    }

    private void nameRows() {
        Font font = xchart.getStyler().getAxisTickLabelsFont();
        int width = 0;
        for (int row = 0; row < transfer.tasks().size(); row++) {
            String label = label(transfer.tasks().get(row));
            xchart.addAnnotation(new RowLabel(label, transfer.tasks().size() - row, font));
            labels.add(List.of(label));
            width = Math.max(width, RowLabel.width(label, font));
        }
        xchart.getStyler().setYAxisTicksVisible(false);
        xchart.getStyler().setYAxisLeftWidthHint(width);
    }

    private static String label(TaskTransfer task) {
        return "%s, %s: %s".formatted(Look.shortened(task.task()), task.metric().name(), task.verdict());
    }

    private String axisTitle() {
        String unit = relative
                ? "% of the single-task score"
                : transfer.tasks().get(0).metric().name();
        String whiskers = transfer.seeds().size() > 1 ? ", whiskers: 95 % t interval" : ", one seed: no interval";
        return "gain of joint training (" + unit + "; right is better)" + whiskers;
    }

    private double scale(TaskTransfer task) {
        return relative ? 100 / Math.abs(task.meanSingle()) : 1;
    }

    private static Color colour(Verdict verdict) {
        return switch (verdict) {
            case GAIN -> Look.BLUE;
            case HARM -> Look.VERMILION;
            case UNDECIDED -> new Color(0xB0B0B0);
        };
    }

    private String told() {
        List<String> sentences = new ArrayList<>();
        sentences.add("Gain of joint over single-task training (positive is better).");
        for (TaskTransfer task : transfer.tasks()) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "%s, %s: %s, %s.",
                    task.task(),
                    task.metric().name(),
                    task.interval(),
                    task.verdict()));
        }
        sentences.add("The intervals cover " + transfer.covers() + ".");
        return String.join(" ", sentences);
    }
}
