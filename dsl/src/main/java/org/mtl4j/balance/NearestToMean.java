package org.mtl4j.balance;

/**
 * Mutable, reused: the update d = g_0 + sum_i x_i g_i, x &gt;= 0, nearest to the mean gradient g_0 with g_i . d &gt;= 0 for
 * all i: the projection of g_0 onto the dual cone of the gradients. It is sought between cosines, so that lengths do not
 * matter, with 1e-10 on their diagonal, so that gradients that cancel have one answer.
 */
final class NearestToMean {

    private static final double RIDGE = 1e-10;

    private final NonNegative nonNegative;
    private final double[] h;
    private final double[] q;

    /** Room for so many gradients. */
    NearestToMean(int capacity) {
        nonNegative = new NonNegative(capacity);
        h = new double[capacity * capacity];
        q = new double[capacity];
    }

    /**
     * Writes x.
     *
     * @param g [n * n], the Gram; not modified
     * @param b its first n count, g_i . g_0; not modified
     * @param radius the most that ||d - g_0|| may be; a longer way is cut to it
     * @param x its first n are overwritten
     */
    void solve(double[] g, int n, double[] b, double radius, double[] x) {
        for (int i = 0; i < n; i++) {
            double length = Math.sqrt(g[i * n + i]);
            for (int j = 0; j < n; j++) {
                double other = Math.sqrt(g[j * n + j]);
                double cosine = length > 0 && other > 0 ? g[i * n + j] / length / other : 0;
                h[i * n + j] = i == j ? 1 + RIDGE : cosine;
            }
            q[i] = length > 0 ? b[i] / length : 0;
        }
        nonNegative.solve(h, n, q, x);
        for (int i = 0; i < n; i++) {
            x[i] = x[i] == 0 ? 0 : x[i] / Math.sqrt(g[i * n + i]);
        }
        double square = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                square += x[i] * g[i * n + j] * x[j];
            }
        }
        double norm = Math.sqrt(Math.max(0, square));
        for (int i = 0; i < n && norm > radius; i++) {
            x[i] *= radius / norm;
        }
    }

    /** The rounds of pivoting that it has taken since it was made. */
    long iterations() {
        return nonNegative.iterations();
    }
}
