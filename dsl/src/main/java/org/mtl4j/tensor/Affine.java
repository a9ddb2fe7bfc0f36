package org.mtl4j.tensor;

import java.util.Arrays;

/**
 * Mutable: the products y = x W + b of a layer over all places of a batch, one call each, and their gradients, which are
 * added. W: [in, out], b: [out] right after it.
 */
final class Affine {

    private final int in;
    private final int out;
    private float[] ones = new float[0];
    private float[] gathered = new float[0];

    Affine(int in, int out) {
        this.in = in;
        this.out = out;
    }

    /** Makes room for this many rows of x. */
    void reserve(int rows) {
        ones = new float[rows];
        Arrays.fill(ones, 1f);
        gathered = new float[rows * in];
    }

    /** y = x W + b. @param x [n, in]. @param p W from weight on. @param y [n, out], overwritten. */
    void forward(int n, float[] x, float[] p, int weight, float[] y) {
        Rows.fill(y, n, out, p, weight + in * out);
        Blas.nn(n, out, in, x, 0, in, p, weight, out, 1f, y, 0, out);
    }

    /** y = x W + beta y, without the bias. */
    void product(int n, float[] x, float[] p, int weight, float beta, float[] y) {
        if (n > 0) {
            Blas.nn(n, out, in, x, 0, in, p, weight, out, beta, y, 0, out);
        }
    }

    /** dx = s W^T + beta dx. @param s [n, out] from sOff. @param dx [n, in] from dxOff. */
    void toInput(int n, float[] s, int sOff, float[] p, int weight, float beta, float[] dx, int dxOff) {
        if (n > 0) {
            Blas.nt(n, in, out, s, sOff, out, p, weight, out, beta, dx, dxOff, in);
        }
    }

    /** dW += x^T s. @param x [n, in]. @param s [n, out] from sOff. @param into dW from intoOff on. */
    void gradient(int n, float[] x, float[] s, int sOff, float[] into, int intoOff) {
        if (n > 0) {
            Blas.tn(in, out, n, x, 0, in, s, sOff, out, 1f, into, intoOff, out);
        }
    }

    /** db += the sum of s over n rows. */
    void biasGradient(int n, float[] s, int sOff, float[] into, int intoOff) {
        Blas.tn(1, out, n, ones, 0, 1, s, sOff, out, 1f, into, intoOff, out);
    }

    /** The rows of x that a block holds: x itself where they are all of them. @param x [batch, places, in] */
    float[] rowsOf(Block block, float[] x, int places) {
        int[] index = block.index();
        if (index == null) {
            return x;
        }
        Rows.gather(x, places * in, index, block.rows(), gathered, 0);
        return gathered;
    }
}
