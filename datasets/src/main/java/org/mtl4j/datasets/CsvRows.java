package org.mtl4j.datasets;

import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.RFC4180ParserBuilder;
import com.opencsv.exceptions.CsvValidationException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a CSV file whose checksum is known, so that nothing of it needs checking: each cell without spaces around it. */
final class CsvRows {

    private CsvRows() {}

    /** All records, a header among them; equal cells are one String. */
    static List<List<String>> of(Reader text) {
        Map<String, String> pool = new HashMap<>();
        List<List<String>> rows = new ArrayList<>();
        try (CSVReader reader = new CSVReaderBuilder(text)
                .withCSVParser(new RFC4180ParserBuilder().build())
                .build()) {
            for (String[] cells = reader.readNext(); cells != null; cells = reader.readNext()) {
                for (int c = 0; c < cells.length; c++) {
                    cells[c] = pool.computeIfAbsent(cells[c].trim(), same -> same);
                }
                rows.add(Arrays.asList(cells));
            }
        } catch (CsvValidationException e) {
            throw new IllegalStateException("This reader validates nothing.", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The rows could not be read: " + e.getMessage(), e);
        }
        return rows;
    }
}
