package org.mtl4j.balance;

import java.util.Arrays;

/**
 * Mutable, reused: finds the point of least norm in the convex hull of vectors u_1 .. u_n, from their Gram H alone:
 * argmin of w^T H w over w &gt;= 0, sum_i w_i = 1.
 *
 * <p>Wolfe's algorithm (Mathematical Programming 11, 1976): a corral, which is an affinely independent set of vectors
 * whose affine hull has its point of least norm inside their convex hull, takes in the vector that lies farthest on the
 * near side of the current point x, and gives up those whose weights would turn negative. Every corral has a smaller
 * norm than the one before, so it ends after finitely many, at the exact solution up to rounding. Optimal means
 * (Hw)_j &gt;= w^T H w for every j. Two vectors have a closed form.
 *
 * <p>The system of a corral S is (H_SS + s 1 1^T) y = 1, which is regular for affinely independent vectors even where
 * 0 is in their hull; its Cholesky factors do not suffer from vectors of different scales. Equal vectors share their
 * weight evenly; other dependent ones get one of the solutions.
 */
final class MinNorm {

    /** How many roundings of the products a violated condition must exceed to count. */
    private static final double SLACK = 4 * Math.ulp(1.0);

    /** Most corrals: far above what is needed, a bound where rounding leads in a circle at the last bits. */
    private static final int CORRALS_PER_VECTOR = 20;

    private final int capacity;
    private final int[] corral;
    private final double[] lengths;
    private final double[] products;
    private final double[] y;
    private final double[] factor;
    private int size;
    private long iterations;

    /** Room for so many vectors. */
    MinNorm(int capacity) {
        this.capacity = capacity;
        corral = new int[capacity];
        lengths = new double[capacity];
        products = new double[capacity];
        y = new double[capacity];
        factor = new double[capacity * capacity];
    }

    /**
     * Writes the weights of the point of least norm.
     *
     * @param h [n * n], the Gram; not modified
     * @param n how many vectors, at most the capacity
     * @param w its first n are overwritten
     */
    void solve(double[] h, int n, double[] w) {
        if (n == 2) {
            w[0] = ofTwo(h[0], h[1], h[3]);
            w[1] = ofTwo(h[3], h[1], h[0]); // not 1 - w[0], which may have lost all its digits
            return;
        }
        solveInCorral(h, n, w);
        shareAmongEqual(h, n, w);
    }

    /**
     * The same, with the weight of equal vectors on one of them.
     *
     * @param members overwritten: the vectors of the corral, of which some may have weight 0
     * @return how many they are
     */
    int solveInCorral(double[] h, int n, double[] w, int[] members) {
        solveInCorral(h, n, w);
        System.arraycopy(corral, 0, members, 0, size);
        return size;
    }

    private void solveInCorral(double[] h, int n, double[] w) {
        start(h, n, w);
        for (int corrals = 1; corrals < CORRALS_PER_VECTOR * n; corrals++) {
            int next = farthestBelow(multiply(h, n, w), n, w);
            if (next < 0) {
                break;
            }
            corral[size++] = next;
            shrinkToCorral(h, n, w);
            if (w[next] == 0) {
                break; // it was rounding that saw it on the near side
            }
        }
    }

    /** The systems of corrals that it has solved since it was made. */
    long iterations() {
        return iterations;
    }

    /** The weight of u in the point of least norm between u and v. */
    private static double ofTwo(double uu, double uv, double vv) {
        double toU = Math.max(0, vv - uv);
        double toV = Math.max(0, uu - uv);
        return toU + toV > 0 ? toU / (toU + toV) : 0.5; // u = v
    }

    /** The corral of the shortest vector alone. */
    private void start(double[] h, int n, double[] w) {
        int shortest = 0;
        for (int i = 0; i < n; i++) {
            lengths[i] = Math.sqrt(h[i * n + i]);
            shortest = lengths[i] < lengths[shortest] ? i : shortest;
        }
        Arrays.fill(w, 0, n, 0);
        w[shortest] = 1;
        corral[0] = shortest;
        size = 1;
    }

    /** Writes the products Hw and answers w^T H w. */
    private double multiply(double[] h, int n, double[] w) {
        double norm = 0;
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int k = 0; k < size; k++) {
                sum += h[i * n + corral[k]] * w[corral[k]];
            }
            products[i] = sum;
            norm += w[i] * sum;
        }
        return norm;
    }

    /** The vector on the near side of x whose plane through it is farthest from x's; -1 if x is optimal. */
    private int farthestBelow(double norm, int n, double[] w) {
        double reach = 0; // bounds what rounding makes of a product, per length of the vector
        for (int k = 0; k < size; k++) {
            reach += w[corral[k]] * lengths[corral[k]];
        }
        double most = n * SLACK * reach;
        int farthest = -1;
        for (int j = 0; j < n; j++) {
            double depth = (norm - products[j]) / lengths[j];
            if (w[j] == 0 && depth > most) {
                most = depth;
                farthest = j;
            }
        }
        return farthest;
    }

    /** Moves to the least norm of the corral's affine hull, dropping vectors until it lies inside their convex hull. */
    private void shrinkToCorral(double[] h, int n, double[] w) {
        while (affineMinimum(h, n)) {
            double step = 1;
            for (int k = 0; k < size; k++) {
                double now = w[corral[k]];
                step = y[k] > 0 ? step : Math.min(step, reach(now, y[k]));
            }
            int kept = 0;
            for (int k = 0; k < size; k++) {
                double now = w[corral[k]];
                double moved = now + step * (y[k] - now);
                boolean stays = y[k] > 0 || reach(now, y[k]) > step;
                w[corral[k]] = stays ? moved : 0;
                if (stays) {
                    corral[kept++] = corral[k];
                }
            }
            if (kept == size) {
                return;
            }
            size = kept;
        }
    }

    /** How far a weight can move towards a value of at most 0 before it is 0, as a share of the way. */
    private static double reach(double now, double towards) {
        return now == 0 ? 0 : now / (now - towards);
    }

    /**
     * Solves (H_SS + s 1 1^T) y = 1 over the corral S and scales y to the sum 1.
     *
     * @return false if the corral is affinely dependent up to rounding; nothing is solved then
     */
    private boolean affineMinimum(double[] h, int n) {
        iterations++;
        double inverse = 0;
        for (int k = 0; k < size; k++) {
            inverse += 1 / h[corral[k] * n + corral[k]];
        }
        double s = 1 / inverse;
        double sum = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = h[corral[i] * n + corral[j]] + s;
                for (int k = 0; k < j; k++) {
                    rest -= factor[i * capacity + k] * factor[j * capacity + k];
                }
                if (i == j && !(rest > SLACK * (h[corral[i] * n + corral[i]] + s))) {
                    return false;
                }
                factor[i * capacity + j] = i == j ? Math.sqrt(rest) : rest / factor[j * capacity + j];
            }
            double right = 1;
            for (int k = 0; k < i; k++) {
                right -= factor[i * capacity + k] * y[k];
            }
            y[i] = right / factor[i * capacity + i];
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int k = i + 1; k < size; k++) {
                y[i] -= factor[k * capacity + i] * y[k];
            }
            y[i] /= factor[i * capacity + i];
            sum += y[i];
        }
        for (int i = 0; i < size; i++) {
            y[i] /= sum;
        }
        return sum > 0;
    }

    /** Spreads the weight of equal vectors over all of them. */
    static void shareAmongEqual(double[] h, int n, double[] w) {
        for (int i = 0; i < n; i++) {
            double sum = 0;
            int equal = 0;
            for (int j = i; j < n; j++) {
                sum += areEqual(h, n, i, j) ? w[j] : 0;
                equal += areEqual(h, n, i, j) ? 1 : 0;
            }
            for (int j = i; j < n && isFirst(h, n, i); j++) {
                w[j] = areEqual(h, n, i, j) ? sum / equal : w[j];
            }
        }
    }

    private static boolean isFirst(double[] h, int n, int i) {
        for (int j = 0; j < i; j++) {
            if (areEqual(h, n, i, j)) {
                return false;
            }
        }
        return true;
    }

    private static boolean areEqual(double[] h, int n, int i, int j) {
        return h[i * n + i] == h[i * n + j] && h[j * n + j] == h[i * n + j];
    }
}
