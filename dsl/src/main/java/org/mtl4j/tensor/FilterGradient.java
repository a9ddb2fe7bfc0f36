package org.mtl4j.tensor;

import java.util.Arrays;

/**
 * Sums dW = s X^T over the rows of a block: s [filters, places], X [channels * kernel, places] the {@link Columns}.
 *
 * <p>A product over few places is slow in that form. There s is turned, and dW^T = X s^T is summed instead.
 */
final class FilterGradient {

    /** A BLAS takes products of at most a million multiply-adds on a shorter way, without packing. */
    private static final int SMALL = 960_000;

    private final int filters;
    private final int k;
    private final int places;
    private final boolean turns;
    /** Rows of X in one product. */
    private final int tile;
    /** s^T, [places, filters]. */
    private final float[] turned;
    /** The sum of X s^T of each group, [groups, channels * kernel, filters]. */
    private final float[] sums;

    FilterGradient(Columns columns, int groups, int filters) {
        this.filters = filters;
        this.k = columns.rows;
        this.places = columns.places;
        this.turns = places < 2 * k;
        int tiles = (int) ((long) k * filters * places / SMALL) + 1;
        this.tile = (k + tiles - 1) / tiles;
        this.turned = new float[turns ? places * filters : 0];
        this.sums = new float[turns ? groups * k * filters : 0];
    }

    void begin() {
        Arrays.fill(sums, 0f);
    }

    /** Adds a row's. @param s from sAt. @param x X from xAt. @param into dW of the group, [filters, k] from w, modified. */
    void add(int group, float[] s, int sAt, float[] x, int xAt, float[] into, int w) {
        if (!turns) {
            Blas.nt(filters, k, places, s, sAt, places, x, xAt, places, 1f, into, w, k);
            return;
        }
        turn(s, sAt, filters, places, turned, 0);
        int to = group * k * filters;
        for (int i = 0; i < k; i += tile) {
            int rows = Math.min(tile, k - i);
            int from = xAt + i * places;
            Blas.nn(rows, filters, places, x, from, places, turned, 0, filters, 1f, sums, to + i * filters, filters);
        }
    }

    /** Writes the sum of a group where it was not yet. @param into dW of the group, [filters, k] from w. */
    void end(int group, float[] into, int w) {
        if (turns) {
            turn(sums, group * k * filters, k, filters, into, w);
        }
    }

    /** y = x^T. @param x [rows, width] from at. @param y [width, rows] from to, overwritten. */
    private static void turn(float[] x, int at, int rows, int width, float[] y, int to) {
        int r = 0;
        for (; r + 3 < rows; r += 4) {
            int a = at + r * width;
            for (int c = 0, i = to + r; c < width; c++, i += rows) {
                y[i] = x[a + c];
                y[i + 1] = x[a + width + c];
                y[i + 2] = x[a + 2 * width + c];
                y[i + 3] = x[a + 3 * width + c];
            }
        }
        for (; r < rows; r++) {
            for (int c = 0; c < width; c++) {
                y[to + c * rows + r] = x[at + r * width + c];
            }
        }
    }
}
