package org.mtl4j.fitted;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.show.Show;
import org.mtl4j.show.Table;
import org.mtl4j.task.Contrastive;
import org.mtl4j.task.Objective;

/**
 * The vectors that a task of pairs makes of both inputs of some rows, each of length 1, and which of them find which: the
 * similarity of two is their cosine. Immutable. Prints what the first rows find.
 *
 * <pre>{@code
 * run.predict(rows).retrieval(match).best(0) // the row whose text is most similar to the image of row 0
 * }</pre>
 */
public final class Retrieval implements Show {

    private final List<String> inputs;
    private final Matrix vectors;
    private final int width;

    /** @param vectors [rows, 2 * width] */
    Retrieval(List<String> inputs, Matrix vectors) {
        this.inputs = inputs;
        this.vectors = vectors;
        this.width = vectors.columns() / 2;
    }

    /** Divides each vector by its length. @param x [.., width], modified */
    static void normalise(float[] x, int width) {
        for (int at = 0; at < x.length; at += width) {
            double square = 0;
            for (int c = 0; c < width; c++) {
                square += (double) x[at + c] * x[at + c];
            }
            double length = Math.max(Math.sqrt(square), Contrastive.LEAST_LENGTH);
            for (int c = 0; c < width; c++) {
                x[at + c] = (float) (x[at + c] / length);
            }
        }
    }

    /** The scores of the rows that are pairs, among themselves, in the order of {@link Scores#OF_PAIRS}. */
    static TaskScores scores(Objective objective, Matrix matrix, TargetColumn column) {
        String task = objective.task().name();
        int[] rows =
                IntStream.range(0, column.rows()).filter(column::isLabelled).toArray();
        if (rows.length == 0) {
            return TaskScores.none(task, Scores.OF_PAIRS);
        }
        Retrieval pairs = new Retrieval(objective.labels(), matrix.select(rows));
        Map<Metric, Double> named = new LinkedHashMap<>();
        double[] there = pairs.recall(0, 1, 5);
        double[] back = pairs.recall(1, 1, 5);
        named.put(Metric.RECALL_AT_1, there[0]);
        named.put(Metric.RECALL_AT_1_BACK, back[0]);
        named.put(Metric.RECALL_AT_5, there[1]);
        named.put(Metric.RECALL_AT_5_BACK, back[1]);
        return TaskScores.of(task, rows.length, named, List.of());
    }

    /** The number of rows. */
    public int rows() {
        return vectors.rows();
    }

    /**
     * The vectors of one of the two inputs, [rows][width].
     *
     * @throws IllegalArgumentException if the task does not compare it
     */
    public double[][] vectors(String input) {
        int side = inputs.indexOf(input);
        if (side < 0) {
            throw new IllegalArgumentException("No input '%s' in task '%s', which compares %s.%nName one of them."
                    .formatted(input, vectors.name(), String.join(" and ", inputs)));
        }
        double[][] copy = new double[rows()][width];
        for (int r = 0; r < copy.length; r++) {
            for (int c = 0; c < width; c++) {
                copy[r][c] = vectors.get(r, side * width + c);
            }
        }
        return copy;
    }

    /** The cosine of the first input of one row and the second input of another, in [-1, 1]. */
    public double similarity(int first, int second) {
        double dot = 0;
        for (int c = 0; c < width; c++) {
            dot += (double) vectors.get(first, c) * vectors.get(second, width + c);
        }
        return dot;
    }

    /** The row whose second input is the most similar to the first input of this one; of equals the first. */
    public int best(int row) {
        int best = 0;
        double highest = similarity(row, 0);
        for (int other = 1; other < rows(); other++) {
            double cosine = similarity(row, other);
            if (cosine > highest) {
                best = other;
                highest = cosine;
            }
        }
        return best;
    }

    /**
     * The share of rows that find their own other half among the k most similar of all rows; of equals each order is as likely.
     *
     * @param side 0 from the first input to the second, 1 back
     * @param ks each at least 1
     * @return for each k, NaN if a row has no similarity to itself
     */
    double[] recall(int side, int... ks) {
        double[] found = new double[ks.length];
        for (int row = 0; row < rows(); row++) {
            double own = similarity(row, row);
            int more = 0;
            int equal = 0;
            for (int other = 0; other < rows(); other++) {
                double cosine = side == 0 ? similarity(row, other) : similarity(other, row);
                more += cosine > own ? 1 : 0;
                equal += cosine == own ? 1 : 0; // itself too, unless it is NaN
            }
            for (int i = 0; i < ks.length; i++) {
                found[i] += Double.isNaN(own) ? Double.NaN : Math.min(1, Math.max(0, (double) (ks[i] - more) / equal));
            }
        }
        for (int i = 0; i < ks.length; i++) {
            found[i] /= rows();
        }
        return found;
    }

    /** What a row finds: {@code row 3}. */
    String words(int row) {
        return "row " + best(row);
    }

    private Table table() {
        String first = inputs.get(0);
        String second = inputs.get(1);
        Table table = Table.titled("Retrieval of " + second + " by " + first)
                .columns("row of " + first, "finds row of " + second, "cosine", "cosine of its own");
        for (int row = 0; row < Math.min(rows(), Predictions.SHOWN_ROWS); row++) {
            int best = best(row);
            table = table.row(row, best, similarity(row, best), similarity(row, row));
        }
        return table.note("%d of %d rows".formatted(Math.min(rows(), Predictions.SHOWN_ROWS), rows()));
    }

    @Override
    public String toString() {
        return table().toString();
    }

    @Override
    public String toHtml() {
        return table().toHtml();
    }
}
