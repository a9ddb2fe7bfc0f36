package org.mtl4j.fitted;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How pairs of rows lie by their scores and by their targets.
 *
 * @param right pairs in the same order by both
 * @param wrong pairs in opposite order
 * @param tiedScores pairs of equal scores and unequal targets
 * @param tiedTargets pairs of equal targets and unequal scores
 */
record PairCounts(double right, double wrong, double tiedScores, double tiedTargets) {

    static final PairCounts NONE = new PairCounts(0, 0, 0, 0);

    /** The pairs of n rows, counted in n log n steps. @param scores [n] @param targets [n] */
    static PairCounts of(double[] scores, double[] targets) {
        int n = scores.length;
        double[] sorted = Arrays.stream(scores).sorted().distinct().toArray();
        int[] rank = IntStream.range(0, n)
                .map(r -> Arrays.binarySearch(sorted, scores[r]) + 1)
                .toArray();
        Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(r -> targets[r]));
        int[] tree = new int[sorted.length + 1]; // Fenwick's: rows of lesser targets by the rank of their score
        PairCounts counts = NONE;
        for (int from = 0; from < n; ) {
            int to = from;
            while (to < n && targets[order[to]] == targets[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                int here = rank[order[i]];
                double below = sum(tree, here - 1);
                double equal = sum(tree, here) - below;
                counts = counts.plus(new PairCounts(below, from - below - equal, equal, 0));
            }
            counts = counts.plus(new PairCounts(0, 0, 0, unequal(rank, order, from, to)));
            for (int i = from; i < to; i++) {
                for (int at = rank[order[i]]; at < tree.length; at += at & -at) {
                    tree[at]++;
                }
            }
            from = to;
        }
        return counts;
    }

    private static int sum(int[] tree, int to) {
        int sum = 0;
        for (int at = to; at > 0; at -= at & -at) {
            sum += tree[at];
        }
        return sum;
    }

    /** Pairs of unequal scores among the rows order[from], ..., order[to - 1]. */
    private static double unequal(int[] rank, Integer[] order, int from, int to) {
        int[] ranks =
                IntStream.range(from, to).map(i -> rank[order[i]]).sorted().toArray();
        double n = ranks.length;
        double pairs = n * (n - 1) / 2;
        for (int i = 0; i < ranks.length; ) {
            int end = i;
            while (end < ranks.length && ranks[end] == ranks[i]) {
                end++;
            }
            double equal = end - i;
            pairs -= equal * (equal - 1) / 2;
            i = end;
        }
        return pairs;
    }

    PairCounts plus(PairCounts other) {
        return new PairCounts(
                right + other.right,
                wrong + other.wrong,
                tiedScores + other.tiedScores,
                tiedTargets + other.tiedTargets);
    }

    /** The share of the pairs of unequal targets that are in order; equal scores count half. NaN without such a pair. */
    double inOrder() {
        return (right + tiedScores / 2) / (right + wrong + tiedScores);
    }

    /**
     * Kendall's tau-b: (right - wrong) / sqrt((right + wrong + tiedScores) (right + wrong + tiedTargets)), as SciPy's
     * kendalltau; NaN where all scores or all targets are equal.
     */
    double tauB() {
        return (right - wrong) / Math.sqrt((right + wrong + tiedScores) * (right + wrong + tiedTargets));
    }
}
