package org.mtl4j.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, reused: the places of rows of several lengths, step by step without gaps. Step t holds place t of each row that is
 * longer than t, the longest row first; so the rows of a step are the first ones of the step before it, and each step is one
 * product.
 */
final class Packing {

    private final int places;
    private final int[] active;
    private final int[] start;
    private int[] order = new int[0];
    private int[] rank = new int[0];
    private int rows;

    Packing(int places) {
        this.places = places;
        this.active = new int[places + 1];
        this.start = new int[places + 1];
    }

    void reserve(int capacity) {
        order = new int[capacity];
        rank = new int[capacity];
    }

    /**
     * Packs the places of these rows.
     *
     * @param index the batch row of each row; null if they are the same
     * @param lengths who knows a batch row's length; null if all are full
     */
    void of(int count, int @Nullable [] index, @Nullable InputNode lengths) {
        rows = count;
        Arrays.fill(active, 0);
        for (int r = 0; r < count; r++) {
            active[length(r, index, lengths)]++;
        }
        int longer = 0; // as active[t] rows have length t, those of at least t come before it
        for (int t = places; t >= 0; t--) {
            int same = active[t];
            start[t] = longer; // for now where the rows of this length begin
            longer += same;
            active[t] = longer - same;
        }
        for (int r = 0; r < count; r++) {
            int at = start[length(r, index, lengths)]++;
            order[at] = r;
            rank[r] = at;
        }
        int total = 0;
        for (int t = 0; t <= places; t++) {
            start[t] = total;
            total += active[t];
        }
    }

    private int length(int row, int @Nullable [] index, @Nullable InputNode lengths) {
        return lengths == null ? places : lengths.length(index == null ? row : index[row]);
    }

    /** The number of rows. */
    int rows() {
        return rows;
    }

    /** The number of steps that hold any row. */
    int steps() {
        int steps = places;
        while (steps > 0 && active[steps - 1] == 0) {
            steps--;
        }
        return steps;
    }

    /** The number of rows that are longer than t. */
    int active(int t) {
        return active[t];
    }

    /** Where step t begins among all packed places. */
    int start(int t) {
        return start[t];
    }

    /** The number of packed places. */
    int total() {
        return start[places];
    }

    /** The row that is so many in a step. */
    int row(int at) {
        return order[at];
    }

    /** How many rows stand before a row in each step that holds it. */
    int rank(int row) {
        return rank[row];
    }
}
