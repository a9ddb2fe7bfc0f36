package org.mtl4j.balance;

/** Mutable, reused: the Cholesky factor of some rows and columns of a symmetric matrix, to solve with. */
final class Cholesky {

    /** How many roundings of its diagonal element a pivot must exceed. */
    private static final double SLACK = 4 * Math.ulp(1.0);

    private final int capacity;
    private final double[] factor;
    private final double[] column;
    private int size;
    private long factored;

    /** Room for so many rows. */
    Cholesky(int capacity) {
        this.capacity = capacity;
        factor = new double[capacity * capacity];
        column = new double[capacity];
    }

    /**
     * Factors H_SS + s 1 1^T.
     *
     * @param h [n * n], not modified
     * @param rows S, its first k count
     * @param s what is added to every element
     * @return false if it is not positive definite up to rounding; then there is nothing to solve with
     */
    boolean factor(double[] h, int n, int[] rows, int k, double s) {
        size = k;
        factored++;
        for (int i = 0; i < k; i++) {
            int row = i * capacity;
            for (int j = 0; j <= i; j++) {
                double element = h[rows[i] * n + rows[j]] + s;
                double rest = element;
                for (int l = 0; l < j; l++) {
                    rest -= factor[row + l] * factor[j * capacity + l];
                }
                if (i == j && !(rest > SLACK * element)) {
                    return false;
                }
                factor[row + j] = i == j ? Math.sqrt(rest) : rest / factor[j * capacity + j];
            }
        }
        return true;
    }

    /** The matrices that it has taken on since it was made: each is one iteration of a solver. */
    long iterations() {
        return factored;
    }

    /** What no eigenvalue is below, up to rounding: 1 / tr(A^-1) of what was factored, A = L L^T, with tr(A^-1) = ||L^-1||_F^2. */
    double leastEigenvalue() {
        double trace = 0;
        for (int j = 0; j < size; j++) {
            column[j] = 1 / factor[j * capacity + j]; // column j of L^-1, which begins on the diagonal
            trace += column[j] * column[j];
            for (int i = j + 1; i < size; i++) {
                double rest = 0;
                for (int l = j; l < i; l++) {
                    rest -= factor[i * capacity + l] * column[l];
                }
                column[i] = rest / factor[i * capacity + i];
                trace += column[i] * column[i];
            }
        }
        return 1 / trace;
    }

    /** Solves for a right side. @param x its first k are the right side, and overwritten by the solution. */
    void solve(double[] x) {
        for (int i = 0; i < size; i++) {
            double rest = x[i];
            for (int l = 0; l < i; l++) {
                rest -= factor[i * capacity + l] * x[l];
            }
            x[i] = rest / factor[i * capacity + i];
        }
        for (int i = size - 1; i >= 0; i--) {
            x[i] /= factor[i * capacity + i];
            for (int l = 0; l < i; l++) {
                x[l] -= factor[i * capacity + l] * x[i];
            }
        }
    }
}
