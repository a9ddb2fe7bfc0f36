package org.mtl4j.tensor;

/** Engine API. Loops over the rows of a matrix. */
public final class Rows {

    private Rows() {}

    /** Sets each row to a bias, so that a product with beta = 1 adds to it. @param y [rows, width], overwritten. */
    static void fill(float[] y, int rows, int width, float[] bias, int bOff) {
        for (int r = 0; r < rows; r++) {
            System.arraycopy(bias, bOff, y, r * width, width);
        }
    }

    /** y = a x. @param x [n] from xOff. @param y [n] from yOff, overwritten. */
    public static void scaled(float a, float[] x, int xOff, float[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = a * x[xOff + i];
        }
    }

    /** y += a x. @param x [n] from xOff. @param y [n] from yOff, modified. */
    public static void addScaled(float a, float[] x, int xOff, float[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] += a * x[xOff + i];
        }
    }

    /** The inner product. @param x [n] from xOff. @param y [n] from yOff. */
    public static double dot(float[] x, int xOff, float[] y, int yOff, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (double) x[xOff + i] * y[yOff + i];
        }
        return sum;
    }

    /** Copies chosen rows. @param x [.., width]. @param into [count, width] from intoOff, overwritten. */
    static void gather(float[] x, int width, int[] index, int count, float[] into, int intoOff) {
        for (int r = 0; r < count; r++) {
            System.arraycopy(x, index[r] * width, into, intoOff + r * width, width);
        }
    }
}
