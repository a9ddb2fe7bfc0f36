package org.mtl4j.benchmarks;

import java.util.SplittableRandom;
import org.mtl4j.tensor.Blas;

/** Mutable: the matrices of one layer, x [m, k], w [k, n], y [m, n], and its three products on the BLAS in use. */
final class Gemm {

    final String shape;
    private final int m;
    private final int k;
    private final int n;
    private final float[] x;
    private final float[] w;
    private final float[] y;
    private final float[] dx;
    private final float[] dw;
    private final float[] out;

    private Gemm(String shape, int m, int k, int n) {
        this.shape = shape;
        this.m = m;
        this.k = k;
        this.n = n;
        SplittableRandom random = new SplittableRandom(1);
        x = normal(m * k, random);
        w = normal(k * n, random);
        y = normal(m * n, random);
        dx = new float[m * k];
        dw = new float[k * n];
        out = new float[m * n];
    }

    /** Matrices of a shape written as rows x inner x columns: {@code 64x128x128}. */
    static Gemm of(String shape) {
        String[] sizes = shape.split("x", -1);
        return new Gemm(shape, Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), Integer.parseInt(sizes[2]));
    }

    private static float[] normal(int size, SplittableRandom random) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Operations of one product, in units of 1e9. */
    double gigaflops() {
        return 2e-9 * m * k * n;
    }

    /** y = x w. */
    float[] nn() {
        Blas.nn(m, n, k, x, 0, k, w, 0, n, 0f, out, 0, n);
        return out;
    }

    /** dw = x^T y. */
    float[] tn() {
        Blas.tn(k, n, m, x, 0, k, y, 0, n, 0f, dw, 0, n);
        return dw;
    }

    /** dx = y w^T. */
    float[] nt() {
        Blas.nt(m, k, n, y, 0, n, w, 0, n, 0f, dx, 0, k);
        return dx;
    }
}
