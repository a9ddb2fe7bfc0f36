package org.mtl4j.balance;

/**
 * Mutable, reused: eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's rotations, cyclically. A rotation is left
 * out where the element is below the rounding of its diagonal elements, so that small eigenvalues of a Gram of vectors of
 * unlike lengths keep their digits.
 */
final class Eigen {

    /** What of the eigenvalues is inverted. */
    enum Inverse {
        /** They themselves. */
        OF_VALUES,
        /** Their roots. */
        OF_ROOTS
    }

    private static final double ROUNDING = Math.ulp(1.0) / 4;
    private static final int MOST_SWEEPS = 60;

    private final double[] a;
    private final double[] vectors;
    private final double[] values;
    private int n;
    private long iterations;

    /** Room for so many rows. */
    Eigen(int capacity) {
        a = new double[capacity * capacity];
        vectors = new double[capacity * capacity];
        values = new double[capacity];
    }

    /** Takes in a matrix. @param matrix [rows * rows], symmetric; not modified. */
    void decompose(double[] matrix, int rows) {
        n = rows;
        System.arraycopy(matrix, 0, a, 0, n * n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                vectors[i * n + j] = i == j ? 1 : 0;
            }
        }
        boolean moved = true;
        for (int sweep = 0; sweep < MOST_SWEEPS && moved; sweep++) {
            moved = false;
            iterations++;
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    double bound = ROUNDING * Math.sqrt(Math.abs(a[p * n + p] * a[q * n + q]));
                    if (Math.abs(a[p * n + q]) > bound) {
                        rotate(p, q);
                        moved = true;
                    }
                }
            }
        }
        for (int k = 0; k < n; k++) {
            values[k] = a[k * n + k];
        }
    }

    /** The sweeps that it has made since it was made. */
    long iterations() {
        return iterations;
    }

    /** Turns rows and columns p and q so that their common element becomes 0. */
    private void rotate(int p, int q) {
        double common = a[p * n + q];
        double theta = (a[q * n + q] - a[p * n + p]) / (2 * common);
        double tangent = 1 / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        tangent = theta < 0 ? -tangent : tangent;
        double cosine = 1 / Math.sqrt(tangent * tangent + 1);
        double sine = tangent * cosine;
        a[p * n + p] -= tangent * common;
        a[q * n + q] += tangent * common;
        a[p * n + q] = 0;
        a[q * n + p] = 0;
        for (int i = 0; i < n; i++) {
            if (i != p && i != q) {
                double toP = a[i * n + p];
                double toQ = a[i * n + q];
                a[i * n + p] = cosine * toP - sine * toQ;
                a[i * n + q] = sine * toP + cosine * toQ;
                a[p * n + i] = a[i * n + p];
                a[q * n + i] = a[i * n + q];
            }
            double toP = vectors[p * n + i];
            double toQ = vectors[q * n + i];
            vectors[p * n + i] = cosine * toP - sine * toQ;
            vectors[q * n + i] = sine * toP + cosine * toQ;
        }
    }

    /** An eigenvalue; they are in no order. */
    double value(int k) {
        return values[k];
    }

    /** The number of the eigenvalue that so many are below, of those that are equal the first. */
    int smallest(int below) {
        for (int k = 0; k < n; k++) {
            int rank = 0;
            for (int other = 0; other < n; other++) {
                rank += values[other] < values[k] || (values[other] == values[k] && other < k) ? 1 : 0;
            }
            if (rank == below) {
                return k;
            }
        }
        throw new IllegalArgumentException("no eigenvalue has " + below + " of " + n + " below it");
    }

    /** One element of the eigenvector of an eigenvalue. */
    double vector(int k, int row) {
        return vectors[k * n + row];
    }

    /** The largest eigenvalue. */
    double largest() {
        double most = values[0];
        for (int k = 1; k < n; k++) {
            most = Math.max(most, values[k]);
        }
        return most;
    }

    /** How many eigenvalues are above a bound. */
    int rank(double bound) {
        int rank = 0;
        for (int k = 0; k < n; k++) {
            rank += values[k] > bound ? 1 : 0;
        }
        return rank;
    }

    /**
     * Writes sum_k f_k v_k (v_k . x) over the eigenvectors v_k whose eigenvalue is above a bound, with f_k the inverse of
     * the eigenvalue, or of its root.
     *
     * @param x its first n count, not modified
     * @param out its first n are overwritten; not x
     */
    void applyInverse(double[] x, double bound, Inverse inverse, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = 0;
        }
        for (int k = 0; k < n; k++) {
            if (values[k] > bound) {
                double product = 0;
                for (int i = 0; i < n; i++) {
                    product += vectors[k * n + i] * x[i];
                }
                double factor = product / (inverse == Inverse.OF_ROOTS ? Math.sqrt(values[k]) : values[k]);
                for (int i = 0; i < n; i++) {
                    out[i] += factor * vectors[k * n + i];
                }
            }
        }
    }
}
