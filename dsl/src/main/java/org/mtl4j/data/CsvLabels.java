package org.mtl4j.data;

import java.util.List;

/** Reads columns of 1 and 0 as the labels of one target. */
final class CsvLabels {

    private CsvLabels() {}

    static TargetColumn read(CsvFile file, Csv csv, Csv.Response response) {
        List<String> labels = response.labels();
        float[] values = new float[file.rows() * labels.size()];
        for (int l = 0; l < labels.size(); l++) {
            int column = file.column(labels.get(l));
            for (int r = 0; r < file.rows(); r++) {
                values[r * labels.size() + l] = csv.missing().contains(file.cell(r, column))
                        ? Float.NaN
                        : mark(file, r, labels.get(l), response);
            }
        }
        return TargetColumn.Marks.of(response.target().name(), labels, values);
    }

    private static float mark(CsvFile file, int row, String label, Csv.Response response) {
        Double number = file.number(row, file.column(label));
        if (number == null || (number != 0 && number != 1)) {
            throw new IllegalArgumentException(
                    "%s, but task '%s' takes 1 where the label holds and 0 where it does not.\nCorrect it, or name it with .missing(..) if it stands for unknown."
                            .formatted(file.place(row, label), response.target().name()));
        }
        return number.floatValue();
    }
}
