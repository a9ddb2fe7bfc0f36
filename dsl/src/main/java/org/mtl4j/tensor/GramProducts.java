package org.mtl4j.tensor;

import java.util.Arrays;

/**
 * Engine API, mutable, reused: the inner products of many vectors that lie one behind the other, as products of tiles of them.
 *
 * <p>A BLAS takes products of at most a million multiply-adds on a shorter way, without packing: tiles and stretches of the
 * vectors are that small. A stretch is summed in single, all of them in double precision.
 */
public final class GramProducts {

    /** Vectors in a tile. */
    private static final int TILE = 32;

    private static final int SMALL = 960_000;
    private static final int LONGEST = 4096;

    private final float[] products = new float[TILE * TILE];

    /** How many multiply-adds a number of each of so many vectors takes. */
    static long multiplies(long count) {
        long tiles = (count + TILE - 1) / TILE;
        return tiles == 1 ? count * count : tiles * (tiles + 1) / 2 * TILE * TILE;
    }

    /** Writes &lt;x_i, x_j&gt;. @param x [count, n]. @param gram [count * count], overwritten. */
    public void of(float[] x, int count, int n, double[] gram) {
        of(x, x, count, n, gram);
    }

    /**
     * Writes &lt;x_i, y_j&gt;, which must be &lt;x_j, y_i&gt;, from a tile to the next.
     *
     * @param x [count, n]
     * @param y [count, n]
     * @param gram [count * count], overwritten
     */
    void of(float[] x, float[] y, int count, int n, double[] gram) {
        for (int i = 0; i < count; i += TILE) {
            for (int j = 0; j <= i; j += TILE) {
                tile(x, y, count, n, i, j, gram);
            }
        }
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < i; j++) {
                gram[j * count + i] = gram[i * count + j];
            }
        }
    }

    private void tile(float[] x, float[] y, int count, int n, int i, int j, double[] gram) {
        int rows = Math.min(TILE, count - i);
        int columns = Math.min(TILE, count - j);
        int step = Math.min(LONGEST, SMALL / (rows * columns));
        for (int r = 0; r < rows; r++) {
            Arrays.fill(gram, (i + r) * count + j, (i + r) * count + j + columns, 0);
        }
        for (int at = 0; at < n; at += step) {
            int length = Math.min(step, n - at);
            Blas.nt(rows, columns, length, x, i * n + at, n, y, j * n + at, n, 0f, products, 0, columns);
            for (int r = 0, p = 0; r < rows; r++) {
                int to = (i + r) * count + j;
                for (int c = 0; c < columns; c++) {
                    gram[to + c] += products[p++];
                }
            }
        }
    }
}
