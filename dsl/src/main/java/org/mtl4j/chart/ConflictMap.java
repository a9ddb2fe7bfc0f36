package org.mtl4j.chart;

import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.style.HeatMapStyler;
import org.mtl4j.measure.Conflict;
import org.mtl4j.measure.PairConflict;
import org.mtl4j.train.History;

/** Draws mean cosines of task gradients as a map of coloured cells with their numbers. */
final class ConflictMap {

    /** Tasks up to which a map shows pairs per layer, which then are three at most, instead of tasks against tasks. */
    private static final int FEW_TASKS = 3;

    /** Pairs that a map per layer shows; of more, those with the lowest mean cosine. */
    private static final int PAIRS = 8;

    /** Rows or columns up to which the cells hold numbers. */
    private static final int NUMBERED = 24;

    private static final double LETTER = 6.6; // pixels, mean
    private static final double BOLD_LETTER = 9.2;

    private final List<String> columns;
    private final List<String> rows;
    private final double[][] values;

    private ConflictMap(List<String> columns, List<String> rows) {
        this.columns = columns;
        this.rows = rows;
        this.values = new double[rows.size()][columns.size()];
    }

    static Chart of(Conflict conflict) {
        if (Double.isNaN(conflict.negativeShare())) {
            return ConflictLines.nothing(conflict);
        }
        return conflict.tasks().size() <= FEW_TASKS ? perLayer(conflict) : tasks(conflict);
    }

    static Chart perLayer(Conflict conflict) {
        if (Double.isNaN(conflict.negativeShare())) {
            return ConflictLines.nothing(conflict);
        }
        List<PairConflict> pairs = conflict.pairs().size() <= PAIRS
                ? conflict.pairs()
                : conflict.pairs().stream()
                        .sorted(Comparator.comparingDouble(PairConflict::meanCosine))
                        .limit(PAIRS)
                        .toList();
        List<String> rows = new ArrayList<>();
        rows.add(conflict.together());
        rows.addAll(conflict.layers());
        ConflictMap map = new ConflictMap(
                pairs.stream()
                        .map(pair -> Look.half(pair.first()) + " / " + Look.half(pair.second()))
                        .toList(),
                rows);
        for (int c = 0; c < pairs.size(); c++) {
            int pair = conflict.pairs().indexOf(pairs.get(c));
            map.values[0][c] = pairs.get(c).meanCosine();
            for (int r = 1; r < rows.size(); r++) {
                map.values[r][c] = conflict.pairs(rows.get(r)).get(pair).meanCosine();
            }
        }
        String title = pairs.size() == conflict.pairs().size()
                ? "Mean gradient cosine per layer"
                : "Mean gradient cosine per layer: the %d lowest of %d pairs"
                        .formatted(pairs.size(), conflict.pairs().size());
        String parameters =
                conflict.compared() == History.Compared.SHARED ? "shared parameters" : "corresponding parameters";
        return map.chart(title, "pair of tasks", parameters, told(conflict));
    }

    private static Chart tasks(Conflict conflict) {
        List<String> tasks = conflict.tasks();
        ConflictMap map = new ConflictMap(tasks, tasks);
        for (int i = 0; i < tasks.size(); i++) {
            map.values[i][i] = Double.NaN;
        }
        int next = 0;
        for (int i = 0; i < tasks.size(); i++) {
            for (int j = i + 1; j < tasks.size(); j++) {
                double cosine = conflict.pairs().get(next++).meanCosine();
                map.values[i][j] = cosine;
                map.values[j][i] = cosine;
            }
        }
        return map.chart(
                ConflictLines.named("Mean gradient cosine of each pair of tasks", conflict),
                "task (grey: no value)",
                "task",
                told(conflict));
    }

    private Chart chart(String title, String x, String y, String altText) {
        int cell = columns.size() > 12 ? 30 : columns.size() > 6 ? 44 : 64;
        int wide = across() ? Math.max(150, 20 + (int) (LETTER * longest(columns))) : cell;
        int names = 30 + (int) (LETTER * longest(rows));
        int below = 60 + (across() ? 20 : (int) (LETTER * longest(columns)));
        int plot = Math.max((int) (BOLD_LETTER * title.length()), wide * columns.size());
        HeatMapChart xchart =
                new HeatMapChart(names + 130 + plot, 70 + below + Math.max(cell, 30) * Math.max(2, rows.size()));
        Labels labels = new Labels();
        style(xchart.getStyler(), labels);
        xchart.setTitle(title);
        xchart.setXAxisTitle(x);
        xchart.setYAxisTitle(y);
        xchart.addSeries("mean cosine", shortened(columns), reversed(shortened(rows)), cells());
        if (columns.size() <= NUMBERED && rows.size() <= NUMBERED) {
            xchart.addAnnotation(new CellTexts(texts(), xchart.getStyler().getValueFont()));
            texts().forEach(labels::add);
        }
        labels.add(shortened(columns));
        labels.add(shortened(rows));
        labels.add(List.of("1.0", "-1.0")); // the ends of the scale
        return new Chart(xchart, labels, altText);
    }

    private void style(HeatMapStyler styler, Labels labels) {
        Look.dressMap(styler, across());
        styler.setPlotBackgroundColor(new Color(0xEDEDED));
        styler.setMin(-1).setMax(1).setValueFont(Look.font(Font.PLAIN, columns.size() > 12 ? 9 : 12));
        styler.setHeatMapDecimalValueFormatter(labels.remember(Labels::number));
    }

    /** Whether the names of the columns stand across, not upright. */
    private boolean across() {
        return columns.size() <= FEW_TASKS;
    }

    private List<List<String>> texts() {
        List<List<String>> texts = new ArrayList<>();
        for (double[] row : values) {
            texts.add(Arrays.stream(row).mapToObj(this::text).toList());
        }
        return texts;
    }

    private String text(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, columns.size() > 12 ? "%+.1f" : "%+.2f", value);
    }

    private List<Number[]> cells() {
        List<Number[]> cells = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < columns.size(); c++) {
                if (!Double.isNaN(values[r][c])) {
                    cells.add(new Number[] {c, rows.size() - 1 - r, values[r][c]});
                }
            }
        }
        return cells;
    }

    private static int longest(List<String> names) {
        return shortened(names).stream().mapToInt(String::length).max().orElse(0);
    }

    private static List<String> shortened(List<String> names) {
        return names.stream().map(Look::shortened).toList();
    }

    private static List<String> reversed(List<String> names) {
        List<String> reversed = new ArrayList<>(names);
        Collections.reverse(reversed);
        return reversed;
    }

    private static String told(Conflict conflict) {
        StringBuilder out = new StringBuilder("Mean cosine of the task gradients.");
        conflict.pairs().stream()
                .filter(pair -> !pair.steps().isEmpty())
                .sorted(Comparator.comparingDouble(PairConflict::meanCosine))
                .limit(PAIRS)
                .forEach(pair -> out.append(String.format(Locale.ROOT, " %s: %+.2f.", pair.name(), pair.meanCosine())));
        if (conflict.pairs().size() > PAIRS) {
            out.append(" These are the lowest of %d pairs."
                    .formatted(conflict.pairs().size()));
        }
        return out.append(' ').append(conflict.summary()).toString();
    }
}
