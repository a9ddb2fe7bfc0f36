package org.mtl4j.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A titled table that prints the same cells as aligned text and as HTML.
 *
 * <p>Immutable: {@link #row} and {@link #note} answer a new table. A column whose cells all start with a digit or a
 * sign is aligned to the right.
 *
 * <pre>{@code
 * Table.titled("Bikeshare").columns("part", "rows").row("train", 6000).row("test", 1300)
 * }</pre>
 */
public final class Table implements Show {

    private static final String CELL = "padding:.15em .7em;border:0;border-bottom:1px solid rgba(128,128,128,.35);";

    private final String title;
    private final List<String> columns;
    private final List<List<String>> rows;
    private final List<String> notes;

    private Table(String title, List<String> columns, List<List<String>> rows, List<String> notes) {
        this.title = title;
        this.columns = List.copyOf(columns);
        this.rows = List.copyOf(rows);
        this.notes = List.copyOf(notes);
    }

    /** An empty table with this title; the empty String for none. */
    public static Table titled(String title) {
        return new Table(title, List.of(), List.of(), List.of());
    }

    /** This table with these column names. */
    public Table columns(String... names) {
        return new Table(title, List.of(names), rows, notes);
    }

    /**
     * This table with one more row. Doubles print with 4 significant decimals at most, all else by its toString.
     *
     * @throws IllegalArgumentException if the number of cells is not the number of columns
     */
    public Table row(Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException("Table '%s': a row has %d cells but there are %d columns."
                    .formatted(title, cells.length, columns.size()));
        }
        List<List<String>> more = new ArrayList<>(rows);
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell instanceof Double d ? number(d) : String.valueOf(cell));
        }
        more.add(List.copyOf(row));
        return new Table(title, columns, more, notes);
    }

    /** This table with one more line below it. */
    public Table note(String line) {
        List<String> more = new ArrayList<>(notes);
        more.add(line);
        return new Table(title, columns, rows, more);
    }

    /** A number as tables print it: NaN as {@code -}, 0.1234, 12.35, 1234. */
    public static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        double size = Math.abs(value);
        String pattern = size >= 1000 ? "%.0f" : size >= 10 ? "%.2f" : size >= 1e-3 || size == 0 ? "%.4f" : "%.2e";
        return String.format(Locale.ROOT, pattern, value);
    }

    @Override
    public String toString() {
        int[] widths = new int[columns.size()];
        for (int c = 0; c < widths.length; c++) {
            widths[c] = columns.get(c).length();
            for (List<String> row : rows) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        List<String> lines = new ArrayList<>();
        if (!title.isEmpty()) {
            lines.add(title);
        }
        if (!columns.isEmpty()) {
            lines.add(line(columns, widths));
            rows.forEach(row -> lines.add(line(row, widths)));
        }
        lines.addAll(notes);
        return String.join("\n", lines);
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder out = new StringBuilder();
        for (int c = 0; c < cells.size(); c++) {
            String pad = " ".repeat(widths[c] - cells.get(c).length());
            out.append(c == 0 ? "" : "  ").append(isNumeric(c) ? pad + cells.get(c) : cells.get(c) + pad);
        }
        return out.toString().stripTrailing();
    }

    @Override
    public String toHtml() {
        StringBuilder out = new StringBuilder("<div style=\"overflow-x:auto\">");
        out.append("<table style=\"border-collapse:collapse;font-size:13px\">");
        if (!title.isEmpty()) {
            out.append("<caption style=\"caption-side:top;text-align:left;font-weight:600;padding:.2em .7em\">")
                    .append(Html.escape(title))
                    .append("</caption>");
        }
        out.append("<thead><tr>");
        for (int c = 0; c < columns.size(); c++) {
            out.append("<th scope=\"col\" style=\"").append(style(c)).append("\">");
            out.append(Html.escape(columns.get(c))).append("</th>");
        }
        out.append("</tr></thead><tbody>");
        for (List<String> row : rows) {
            out.append("<tr>");
            for (int c = 0; c < row.size(); c++) {
                out.append("<td style=\"").append(style(c)).append("\">");
                out.append(Html.escape(row.get(c))).append("</td>");
            }
            out.append("</tr>");
        }
        out.append("</tbody></table>");
        out.append(notes.stream()
                .map(note ->
                        "<div style=\"font-size:12px;padding:.15em .7em;opacity:.8\">" + Html.escape(note) + "</div>")
                .collect(Collectors.joining()));
        return out.append("</div>").toString();
    }

    private String style(int column) {
        return CELL + (isNumeric(column) ? "text-align:right;font-variant-numeric:tabular-nums" : "text-align:left");
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty()
                && rows.stream()
                        .map(row -> row.get(column))
                        .allMatch(cell -> cell.matches("[-+]?[0-9].*|-|")); // a lone '-' stands for 'none'
    }
}
