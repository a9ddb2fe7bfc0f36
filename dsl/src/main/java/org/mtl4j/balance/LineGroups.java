package org.mtl4j.balance;

import java.util.Arrays;

/**
 * Mutable: room to part numbers into groups whose sum of squared distances to the group's mean is the least there is. On a
 * line such groups are neighbours in order, so that dynamic programming finds them exactly (Wang and Song 2011,
 * Ckmeans.1d.dp).
 */
final class LineGroups implements TaskGroups {

    private final int groups;
    private final int[] order;
    private final double[] sorted;
    private final double[][] spread;
    private final double[][] cost;
    private final int[][] first;

    /** Room for so many numbers in so many groups. */
    LineGroups(int groups, int numbers) {
        this.groups = groups;
        order = new int[numbers];
        sorted = new double[numbers];
        spread = new double[numbers][numbers];
        cost = new double[groups + 1][numbers + 1];
        first = new int[groups + 1][numbers + 1];
    }

    @Override
    public void meansOf(double[] values) {
        int n = sort(values);
        double most = n == 0 ? 0 : Math.max(Math.abs(sorted[0]), Math.abs(sorted[n - 1]));
        if (most == 0) {
            return;
        }
        for (int i = 0; i < n; i++) {
            sorted[i] /= most; // no square overflows
        }
        spreads(n);
        int parts = Math.min(groups, n);
        part(n, parts);
        int end = n;
        for (int g = parts; g > 0; g--) {
            int start = first[g][end];
            double sum = 0;
            for (int i = start; i < end; i++) {
                sum += sorted[i];
            }
            for (int i = start; i < end; i++) {
                values[order[i]] = most * (sum / (end - start));
            }
            end = start;
        }
    }

    /** Lists the finite ones in order; answers how many. */
    private int sort(double[] values) {
        int n = 0;
        for (int v = 0; v < values.length; v++) {
            if (values[v] == Double.NEGATIVE_INFINITY) {
                continue;
            }
            int place = n++;
            while (place > 0 && sorted[place - 1] > values[v]) {
                sorted[place] = sorted[place - 1];
                order[place] = order[place - 1];
                place--;
            }
            sorted[place] = values[v];
            order[place] = v;
        }
        return n;
    }

    /** spread[i][j]: the squared distances of i .. j to their mean, one number more at a time (Welford). */
    private void spreads(int n) {
        for (int i = 0; i < n; i++) {
            double mean = sorted[i];
            spread[i][i] = 0;
            for (int j = i + 1; j < n; j++) {
                double away = sorted[j] - mean;
                mean += away / (j - i + 1);
                spread[i][j] = spread[i][j - 1] + away * (sorted[j] - mean);
            }
        }
    }

    /** cost[g][m]: the least spread of the first m numbers in g groups, of which the last begins at first[g][m]. */
    private void part(int n, int parts) {
        Arrays.fill(cost[0], Double.POSITIVE_INFINITY);
        cost[0][0] = 0;
        for (int g = 1; g <= parts; g++) {
            Arrays.fill(cost[g], Double.POSITIVE_INFINITY);
            for (int m = g; m <= n; m++) {
                for (int start = g - 1; start < m; start++) {
                    double sum = cost[g - 1][start] + spread[start][m - 1];
                    if (sum < cost[g][m]) {
                        cost[g][m] = sum;
                        first[g][m] = start;
                    }
                }
            }
        }
    }
}
