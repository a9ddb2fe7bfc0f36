package org.mtl4j.fitted;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How well scores put rows in order. */
final class Ranking {

    private Ranking() {}

    /**
     * The share of pairs of a positive and a negative row in which the positive one has the greater score; ties count half
     * (Mann and Whitney 1947).
     *
     * @param scores [rows]
     * @param positive [rows]
     * @return in [0, 1]; NaN without a positive or without a negative row, or where a score is NaN
     */
    static double auc(double[] scores, boolean[] positive) {
        if (Arrays.stream(scores).anyMatch(Double::isNaN)) {
            return Double.NaN;
        }
        Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(row -> scores[row]));
        double positives = 0;
        double rankSum = 0;
        for (int from = 0; from < order.length; ) {
            int to = from + 1;
            while (to < order.length && scores[order[to]] == scores[order[from]]) {
                to++;
            }
            double rank = (from + 1 + to) / 2.0; // the mean of the ranks from + 1 to 'to'
            for (int i = from; i < to; i++) {
                positives += positive[order[i]] ? 1 : 0;
                rankSum += positive[order[i]] ? rank : 0;
            }
            from = to;
        }
        double pairs = positives * (scores.length - positives);
        return pairs == 0 ? Double.NaN : (rankSum - positives * (positives + 1) / 2) / pairs;
    }

    /**
     * Average precision: sum_n (R_n - R_n-1) P_n over the distinct scores from the greatest down, R_n and P_n the recall and
     * precision of the rows with at least the n-th score (scikit-learn's average_precision_score).
     *
     * @return in [0, 1]; NaN without a positive row, or where a score is NaN
     */
    static double averagePrecision(double[] scores, boolean[] positive) {
        long positives =
                IntStream.range(0, positive.length).filter(row -> positive[row]).count();
        if (positives == 0 || Arrays.stream(scores).anyMatch(Double::isNaN)) {
            return Double.NaN;
        }
        Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(row -> -scores[row]));
        double sum = 0;
        int right = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            int found = 0;
            while (to < order.length && scores[order[to]] == scores[order[from]]) {
                found += positive[order[to]] ? 1 : 0;
                to++;
            }
            right += found;
            sum += (double) found / positives * right / to;
            from = to;
        }
        return sum;
    }
}
