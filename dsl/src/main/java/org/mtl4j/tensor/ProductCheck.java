package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Tries whether products in pieces have the bits of whole ones, on shapes that end in the middle of any tile. */
final class ProductCheck {

    /** [m, n, k]: pieces a little above the least size, many rows, many columns, short and long sums. */
    private static final int[][] SHAPES = {
        {67, 129, 251}, {129, 67, 251}, {201, 203, 205}, {515, 131, 64}, {37, 1029, 101}, {64, 130, 1031}
    };

    private static final long SEED = 1;

    private ProductCheck() {}

    static boolean keepsBits() {
        RandomGenerator random = Draws.generator(SEED);
        for (int[] shape : SHAPES) {
            for (Product.Form form : Product.Form.values()) {
                if (!keepsBits(form, shape[0], shape[1], shape[2], random)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean keepsBits(Product.Form form, int m, int n, int k, RandomGenerator random) {
        float[] a = numbers(m * k, random);
        float[] b = numbers(k * n, random);
        float[] before = numbers(m * n, random);
        int lda = form == Product.Form.TN ? m : k;
        int ldb = form == Product.Form.NT ? k : n;
        float[] whole = before.clone();
        Blas.whole(form, m, n, k, a, 0, lda, b, 0, ldb, 1f, whole, 0, n);
        for (int threads = 2; threads <= Crew.MOST; threads++) {
            float[] divided = before.clone();
            Product product = new Product().of(form, m, n, k, a, 0, lda, b, 0, ldb, 1f, divided, 0, n);
            int pieces = Product.pieces(m, n, k, threads);
            for (int piece = 0; piece < pieces; piece++) {
                product.piece(piece, pieces);
            }
            if (!Arrays.equals(whole, divided)) {
                return false;
            }
        }
        return true;
    }

    private static float[] numbers(int size, RandomGenerator random) {
        float[] numbers = new float[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = (float) (2 * Draws.uniform(random) - 1);
        }
        return numbers;
    }
}
