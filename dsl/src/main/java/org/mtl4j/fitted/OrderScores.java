package org.mtl4j.fitted;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mtl4j.data.TargetColumn;

/** The scores of ordered classes, of quantiles and of rankings, in the order of the lists of {@link Scores}. */
final class OrderScores {

    private OrderScores() {}

    /** Of ordered classes. @param truth [rows] @param named [rows] */
    static double[] classes(int[] truth, int[] named, int classes) {
        Confusion confusion = new Confusion(classes);
        for (int r = 0; r < truth.length; r++) {
            confusion.add(truth[r], named[r]);
        }
        return new double[] {confusion.accuracy(), confusion.meanDistance(), confusion.quadraticKappa()};
    }

    /** Of quantiles. @param matrix [rows, quantiles] */
    static double[] quantiles(List<Double> levels, Matrix matrix, TargetColumn column) {
        double pinball = 0;
        int within = 0;
        for (int r = 0; r < matrix.rows(); r++) {
            double y = column.get(r, 0);
            double least = Double.POSITIVE_INFINITY;
            double greatest = Double.NEGATIVE_INFINITY;
            for (int q = 0; q < levels.size(); q++) {
                double e = y - matrix.get(r, q);
                pinball += Math.max(levels.get(q) * e, (levels.get(q) - 1) * e);
                least = Math.min(least, matrix.get(r, q));
                greatest = Math.max(greatest, matrix.get(r, q));
            }
            within += y >= least && y <= greatest ? 1 : 0;
        }
        return new double[] {pinball / matrix.rows() / levels.size(), (double) within / matrix.rows()};
    }

    /** Of a ranking. @param matrix scores [rows, 1] @param group the group of each row */
    static double[] ranking(Matrix matrix, TargetColumn column, IntUnaryOperator group) {
        PairCounts all = PairCounts.NONE;
        for (List<Integer> rows : IntStream.range(0, matrix.rows())
                .boxed()
                .collect(Collectors.groupingBy(group::applyAsInt))
                .values()) {
            double[] scores = rows.stream().mapToDouble(r -> matrix.get(r, 0)).toArray();
            double[] targets = rows.stream().mapToDouble(r -> column.get(r, 0)).toArray();
            all = all.plus(PairCounts.of(scores, targets));
        }
        boolean broken = IntStream.range(0, matrix.rows()).anyMatch(r -> Float.isNaN(matrix.get(r, 0)));
        double[] values = {all.inOrder(), all.tauB()};
        if (broken) {
            Arrays.fill(values, Double.NaN);
        }
        return values;
    }
}
