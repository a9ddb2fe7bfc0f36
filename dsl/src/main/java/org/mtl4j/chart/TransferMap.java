package org.mtl4j.chart;

import java.awt.Font;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.HeatMapChart;
import org.mtl4j.measure.Interval;
import org.mtl4j.measure.TransferMatrix;
import org.mtl4j.measure.TransferMatrix.Entry;
import org.mtl4j.measure.Unit;

/**
 * Draws a transfer matrix: a row per task that gains, read as a sentence from its name on, a column per task that it was
 * trained with.
 */
final class TransferMap {

    /** Entries that an alt text names; of more, those whose gain is largest in its unit. */
    private static final int TOLD = 12;

    /** Tasks up to which the names of the columns stand across if they are short. */
    private static final int FEW_TASKS = 4;

    private static final Font TICKS = Look.font(Font.PLAIN, 11);
    private static final int ACROSS = 120; // pixels, the widest name that stands across
    private static final int TITLE_GAP = 12; // pixels between an axis title and the names
    private static final int LEAST_CELL = 44; // pixels
    private static final int LEAST_WIDTH = 520; // pixels, for the key and the notes
    private static final int LEAST_PLOT = 130; // pixels, so that the vertical axis's title fits
    private static final String TITLE = "What each task gains from each other one";
    private static final String MARKED = "95 % t interval excludes 0";
    private static final String HATCHED = "not measured";

    private final TransferMatrix matrix;
    private final UnitScale scale = new UnitScale();
    private final Font plain;
    private final Font bold;

    private TransferMap(TransferMatrix matrix) {
        this.matrix = matrix;
        matrix.entries()
                .forEach(entry -> scale.add(unit(entry), entry.interval().mean()));
        int size = matrix.tasks().size() > 6 ? 11 : 12;
        this.plain = Look.font(Font.PLAIN, size);
        this.bold = Look.font(Font.BOLD, size);
    }

    static Chart of(TransferMatrix matrix) {
        return new TransferMap(matrix).chart();
    }

    private Chart chart() {
        List<String> rows = matrix.tasks().stream().map(this::rowName).toList();
        List<String> columns = columnNames();
        List<List<TransferCells.Cell>> cells = cells();
        List<String> numbers = numbers(cells);
        boolean across = columns.size() <= FEW_TASKS && widest(matrix.tasks(), TICKS) <= ACROSS;
        HeatMapChart xchart = sized(rows, columns, widest(numbers, bold), across);
        Look.dressMap(xchart.getStyler(), across);
        xchart.getStyler().setAxisTitlePadding(TITLE_GAP).setLegendVisible(false);
        xchart.getStyler().setMin(-scale.limit()).setMax(scale.limit());
        xchart.setTitle(TITLE);
        xchart.setXAxisTitle("when trained together with");
        xchart.setYAxisTitle("gain of task");
        List<String> upwards = new ArrayList<>(rows);
        Collections.reverse(upwards);
        xchart.addSeries("mean gain", columns, upwards, values());
        xchart.addAnnotation(new TransferCells(cells, plain, bold));
        Labels labels = new Labels();
        labels.add(columns);
        labels.add(rows);
        labels.add(numbers, plain);
        labels.add(numbers, bold);
        return new Chart(xchart, labels, key(cells), told());
    }

    private static HeatMapChart sized(List<String> rows, List<String> columns, double number, boolean across) {
        double cell = Math.max(LEAST_CELL, 16 + number);
        double wide = across ? Math.max(cell, 20 + widest(columns, TICKS)) : cell;
        double plot = Math.max(Words.width(TITLE, Look.font(Font.BOLD, 14)), wide * columns.size());
        double width = Math.max(76 + widest(rows, TICKS) + plot, LEAST_WIDTH);
        double below = 76 + (across ? 16 : widest(columns, TICKS));
        return new HeatMapChart((int) width, 36 + (int) below + Math.max(LEAST_PLOT, 40 * rows.size()));
    }

    private String rowName(String task) {
        return Look.shortened(task)
                + matrix.metric(task).map(metric -> " (" + metric.name() + ")").orElse("");
    }

    /** Names cut to a half, since the rows have them whole; whole if that would make two alike. */
    private List<String> columnNames() {
        List<String> halves = matrix.tasks().stream().map(Look::half).toList();
        return new HashSet<>(halves).size() == halves.size()
                ? halves
                : matrix.tasks().stream().map(Look::shortened).toList();
    }

    private static Unit unit(Entry entry) {
        return Unit.of(entry.to(), entry.metric());
    }

    private List<Number[]> values() {
        List<Number[]> values = new ArrayList<>();
        int n = matrix.tasks().size();
        for (int r = 0; r < n; r++) {
            values.add(
                    new Number[] {r, n - 1 - r, 0}); // the diagonal, painted over: XChart takes no map without a value
        }
        for (Entry entry : matrix.entries()) {
            if (!entry.gains().isEmpty()) {
                values.add(new Number[] {
                    matrix.tasks().indexOf(entry.from()),
                    n - 1 - matrix.tasks().indexOf(entry.to()),
                    entry.interval().mean() / scale.divisor(unit(entry))
                });
            }
        }
        return values;
    }

    private List<List<TransferCells.Cell>> cells() {
        return matrix.tasks().stream()
                .map(to -> matrix.tasks().stream().map(from -> cell(from, to)).toList())
                .toList();
    }

    private TransferCells.Cell cell(String from, String to) {
        return matrix.entry(from, to)
                .filter(entry -> !entry.gains().isEmpty())
                .map(entry ->
                        new TransferCells.Cell(text(entry), entry.interval().excludesZero(), false))
                .orElse(new TransferCells.Cell(null, false, from.equals(to)));
    }

    private String text(Entry entry) {
        return signed(entry.interval().mean(), scale.largest(unit(entry)));
    }

    /** The value with a sign and as many decimals as give the largest of its unit two digits. */
    static String signed(double value, double largest) {
        if (largest > 0 && (largest < 1e-4 || largest >= 1e6)) {
            return String.format(Locale.ROOT, "%+.0e", value);
        }
        int decimals = 2;
        for (double bound = 0.1; decimals < 5 && largest > 0 && largest < bound; bound /= 10) {
            decimals++;
        }
        decimals = largest >= 10 ? 0 : largest >= 1 ? 1 : decimals;
        String text = String.format(Locale.ROOT, "%+." + decimals + "f", value);
        return text.matches(".[0.]+") ? text.substring(1) : text;
    }

    private static List<String> numbers(List<List<TransferCells.Cell>> cells) {
        List<String> texts = new ArrayList<>();
        for (List<TransferCells.Cell> row : cells) {
            for (TransferCells.Cell cell : row) {
                if (cell.text() != null) {
                    texts.add(cell.text());
                }
            }
        }
        return texts;
    }

    private static double widest(List<String> texts, Font font) {
        return texts.stream().mapToDouble(text -> Words.width(text, font)).max().orElse(0);
    }

    private MapKey key(List<List<TransferCells.Cell>> cells) {
        List<TransferCells.Cell> all = cells.stream().flatMap(List::stream).toList();
        String end = scale.isShares() ? "100 %" : Labels.number(Labels.rounded(scale.limit(), 2));
        List<String> notes = new ArrayList<>(scale.notes());
        notes.add("Gain: " + matrix.basis() + "; mean over seeds, positive is better.");
        notes.add(matrix.summary());
        return new MapKey(
                scale.title(),
                List.of("-" + end, "0", "+" + end),
                Look.DIVERGING,
                all.stream().anyMatch(TransferCells.Cell::isMarked) ? MARKED : "",
                all.stream().anyMatch(cell -> cell.text() == null && !cell.isDiagonal()) ? HATCHED : "",
                new Foot.Notes(notes));
    }

    private String told() {
        List<Entry> told = matrix.entries().stream()
                .sorted(Comparator.comparingDouble(this::size).reversed())
                .limit(TOLD)
                .toList();
        StringBuilder out = new StringBuilder("What each task gains from each other one (positive is better).");
        told.forEach(entry -> out.append(' ').append(entry).append('.'));
        if (told.size() < matrix.entries().size()) {
            out.append(
                    " These are the largest of %d.".formatted(matrix.entries().size()));
        }
        return out.append(" A gain: ")
                .append(matrix.basis())
                .append(". ")
                .append(matrix.summary())
                .toString();
    }

    private double size(Entry entry) {
        Interval interval = entry.interval();
        return interval.n() == 0 ? -1 : Math.abs(interval.mean()) / scale.divisor(unit(entry));
    }
}
