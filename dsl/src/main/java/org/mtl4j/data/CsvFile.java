package org.mtl4j.data;

import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.RFC4180ParserBuilder;
import com.opencsv.exceptions.CsvException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a CSV file (RFC 4180, UTF-8, a header line), with the line that each record starts on.
 *
 * @param name the file's name, as errors say it
 * @param lines [records], counted from 1
 */
record CsvFile(String name, String sha256, List<String> header, List<List<String>> records, List<Integer> lines) {

    static CsvFile read(Path path) {
        String name = String.valueOf(path.getFileName());
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException("No file '%s'.\nRelative paths start at '%s'."
                    .formatted(path, Path.of("").toAbsolutePath()));
        }
        List<List<String>> records = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        Map<String, String> pool = new HashMap<>(); // one String per different cell
        long before = 0;
        try (CSVReader reader = new CSVReaderBuilder(Files.newBufferedReader(path, StandardCharsets.UTF_8))
                .withCSVParser(new RFC4180ParserBuilder().build())
                .build()) {
            for (String[] cells = reader.readNext(); cells != null; cells = reader.readNext()) {
                boolean blank = cells.length == 1 && cells[0].isBlank();
                if (!blank) {
                    records.add(Stream.of(cells)
                            .map(cell -> pool.computeIfAbsent(cell, same -> same))
                            .toList());
                    lines.add((int) before + 1);
                }
                before = reader.getLinesRead();
            }
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "%s is not UTF-8 text (near line %d).\nSave it as UTF-8.".formatted(name, before + 1), e);
        } catch (IOException | CsvException e) {
            throw unreadable(name, before + 1, e);
        }
        return checked(name, digest(path), records, lines);
    }

    private static RuntimeException unreadable(String name, long line, Exception e) {
        if (String.valueOf(e.getMessage()).startsWith("Unterminated quoted field")) {
            return new IllegalArgumentException(
                    "%s, line %d: a quoted cell that begins here never ends.\nClose the quote, and write a quote inside a cell twice (\"\")."
                            .formatted(name, line),
                    e);
        }
        return new UncheckedIOException(
                "%s could not be read at line %d: %s".formatted(name, line, e.getMessage()),
                e instanceof IOException io ? io : new IOException(e));
    }

    private static CsvFile checked(String name, String sha256, List<List<String>> records, List<Integer> lines) {
        if (records.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s is empty.\nThe first line names the columns, each further line is a row.".formatted(name));
        }
        List<String> header = new ArrayList<>();
        for (String cell : records.get(0)) {
            header.add(cell.replace("\uFEFF", "").trim());
        }
        Set<String> seen = new HashSet<>();
        for (String column : header) {
            if (column.isEmpty() || !seen.add(column)) {
                throw new IllegalArgumentException("%s, line %d: %s.\nGive every column a name of its own."
                        .formatted(
                                name,
                                lines.get(0),
                                column.isEmpty()
                                        ? "column " + (header.indexOf(column) + 1) + " has no name"
                                        : "two columns are named '" + column + "'"));
            }
        }
        if (records.size() == 1) {
            throw new IllegalArgumentException("%s has column names but no rows.\nAdd a line per row.".formatted(name));
        }
        for (int r = 1; r < records.size(); r++) {
            if (records.get(r).size() != header.size()) {
                throw new IllegalArgumentException(
                        "%s, line %d: %d cells but %d columns.\nGive every row a cell per column, and quote cells that hold a comma."
                                .formatted(name, lines.get(r), records.get(r).size(), header.size()));
            }
        }
        return new CsvFile(
                name,
                sha256,
                List.copyOf(header),
                List.copyOf(records.subList(1, records.size())),
                List.copyOf(lines.subList(1, lines.size())));
    }

    private static String digest(Path path) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(path + " could not be read.", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    int rows() {
        return records.size();
    }

    /** One cell without spaces around it. */
    String cell(int row, int column) {
        return records.get(row).get(column).trim();
    }

    /** {@code bikes.csv, line 7: column 'temp' holds 'warm'}. */
    String place(int row, String column) {
        String cell = cell(row, header.indexOf(column));
        return "%s, line %d: column '%s' %s"
                .formatted(name, lines.get(row), column, cell.isEmpty() ? "is empty" : "holds '" + cell + "'");
    }

    /** The position of a column. */
    int column(String wanted) {
        int position = header.indexOf(wanted);
        if (position < 0) {
            throw new IllegalArgumentException("%s has no column '%s'.\n%sIts columns are %s."
                    .formatted(name, wanted, Nearest.suggestion(wanted, header), String.join(", ", header)));
        }
        return position;
    }

    /** The number in a cell; null if it holds none, or one that is not finite. */
    @Nullable
    Double number(int row, int column) {
        try {
            double value = Double.parseDouble(cell(row, column));
            return Double.isFinite(value) ? value : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
