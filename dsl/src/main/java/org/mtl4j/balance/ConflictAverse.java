package org.mtl4j.balance;

import java.util.Arrays;

/**
 * Mutable, reused: how far CAGrad's update departs from the mean gradient g_0, from the Gram alone. Finds x &gt;= 0 so that d =
 * g_0 + sum_i x_i g_i maximises min_i g_i . d over ||d - g_0|| &lt;= k, with k = c ||g_0||.
 *
 * <p>x = w / s, where w is the point of least norm between the vectors g_i + s g_0, and s &gt; 0 is where ||g_w|| = s k: the
 * conditions of that point, g_i . g_w + s g_i . g_0 &gt;= a constant, equal where w_i &gt; 0, are those of F's minimum. ||g_w||
 * / s falls with s, so there is one root; between two changes of the corral it has a closed form, which leads to the next
 * corral, within a bracket that closes.
 */
final class ConflictAverse {

    /** Below this share of sum_i w_i ||g_i||, ||g_w|| is 0: what single precision can tell. */
    private static final double STATIONARY = 1e-7;

    /** A root below this share of the highest possible is none. */
    private static final double LOWEST = 1e-20;

    /** Most corrals: far above what is needed. */
    private static final int MOST_CORRALS = 100;

    private final MinNorm minNorm;
    private final NearestToMean nearest;
    private final Cholesky cholesky;
    private final double[] g;
    private final double[] h;
    private final double[] b;
    private final double[] w;
    private final double[] ones;
    private final double[] products;
    private final int[] corral;
    private final int[] before;
    private double mean;
    private double radius;
    private long roots;

    /** Room for so many gradients. */
    ConflictAverse(int capacity) {
        minNorm = new MinNorm(capacity);
        nearest = new NearestToMean(capacity);
        cholesky = new Cholesky(capacity);
        g = new double[capacity * capacity];
        h = new double[capacity * capacity];
        b = new double[capacity];
        w = new double[capacity];
        ones = new double[capacity];
        products = new double[capacity];
        corral = new int[capacity];
        before = new int[capacity];
    }

    /**
     * Writes x.
     *
     * @param gram [n * n], not modified
     * @param n how many gradients, at most the capacity
     * @param c the radius over ||g_0||
     * @param x its first n are overwritten
     */
    void solve(double[] gram, int n, double c, double[] x) {
        Arrays.fill(x, 0, n, 0);
        if (!take(gram, n, c)) {
            return;
        }
        if (n == 1) {
            x[0] = c;
            return;
        }
        boolean isFound = n == 2 ? ofTwo() : ofMany(n);
        double reach = 0;
        double square = 0;
        for (int i = 0; i < n; i++) {
            reach += w[i] * Math.sqrt(g[i * n + i]);
            for (int j = 0; j < n; j++) {
                square += w[i] * g[i * n + j] * w[j];
            }
        }
        double norm = Math.sqrt(Math.max(0, square));
        if (isFound && norm > STATIONARY * reach) {
            for (int i = 0; i < n; i++) {
                x[i] = radius / norm * w[i];
            }
        } else {
            nearest.solve(g, n, b, radius, x);
        }
    }

    /** The roots, systems of corrals and rounds of pivoting that it has taken since it was made. */
    long iterations() {
        return roots + minNorm.iterations() + nearest.iterations();
    }

    /** Takes in the Gram, divided by its trace, and the products b_i = g_i . g_0. Answers whether there is a ball. */
    private boolean take(double[] gram, int n, double c) {
        double trace = 0;
        for (int i = 0; i < n; i++) {
            trace += gram[i * n + i];
        }
        mean = 0;
        for (int i = 0; i < n; i++) {
            b[i] = 0;
            for (int j = 0; j < n; j++) {
                g[i * n + j] = gram[i * n + j] / trace;
                b[i] += g[i * n + j] / n;
            }
            mean += b[i] / n;
        }
        radius = c * Math.sqrt(Math.max(0, mean));
        return radius > 0 && trace < Double.POSITIVE_INFINITY;
    }

    /**
     * F as a function of w_0 alone has the slope g_0 . (g_0 - g_1) + k (d/dw_0) ||g_w||: with y the distance from the foot
     * of the perpendicular, a = ||g_0 - g_1||^2 and m = det G / a the square of the perpendicular, k a y = -slope sqrt(a y^2 + m).
     */
    private boolean ofTwo() {
        double a = g[0] - 2 * g[1] + g[3];
        double slope = (g[0] - g[3]) / 2;
        double rest = radius * radius * a - slope * slope;
        if (!(a > 0)) {
            w[0] = 0.5; // duplicates
        } else if (rest > 0) {
            double y = -slope * Math.sqrt(Math.max(0, g[0] * g[3] - g[1] * g[1]) / rest) / a;
            w[0] = Math.max(0, (g[3] - g[1]) / a + y);
            w[1] = Math.max(0, (g[0] - g[1]) / a - y); // not 1 - w[0], which may have lost all its digits
            double sum = w[0] + w[1];
            w[0] /= sum;
            w[1] /= sum;
            return true;
        } else {
            w[0] = slope > 0 ? 0 : 1; // F is monotone
        }
        w[1] = 1 - w[0];
        return true;
    }

    /** Answers whether there is a root. */
    private boolean ofMany(int n) {
        double longest = 0;
        for (int i = 0; i < n; i++) {
            longest = Math.max(longest, Math.sqrt(g[i * n + i]));
        }
        double low = 0;
        double high = 2 * longest / radius;
        double lowest = LOWEST * high;
        double s = 0;
        int size = shortest(n, s);
        for (int corrals = 1; corrals < MOST_CORRALS && high > lowest && high > low * (1 + 1e-12); corrals++) {
            if (s == 0 || isBelowRoot(n, s)) {
                low = Math.max(low, s);
            } else {
                high = Math.min(high, s);
            }
            double root = rootOf(n, size);
            if (Math.abs(root - s) <= 1e-12 * s) {
                break;
            }
            boolean isInside = root > low && root < high;
            s = isInside ? root : Math.sqrt(Math.max(low, STATIONARY * high) * high);
            System.arraycopy(corral, 0, before, 0, size);
            int last = size;
            size = shortest(n, s);
            if (isInside && isSame(last, size)) {
                break;
            }
        }
        MinNorm.shareAmongEqual(g, n, w);
        return s > lowest;
    }

    /** Writes w, the point of least norm between the g_i + s g_0, and its corral; answers the corral's size. */
    private int shortest(int n, double s) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                h[i * n + j] = g[i * n + j] + s * (b[i] + b[j]) + s * s * mean;
            }
        }
        return minNorm.solveInCorral(h, n, w, corral);
    }

    /** Whether ||g_w|| &gt; s k. */
    private boolean isBelowRoot(int n, double s) {
        double square = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                square += w[i] * g[i * n + j] * w[j];
            }
        }
        return square > s * s * radius * radius;
    }

    /**
     * The s with ||g_w|| = s k while the corral S stays: with A = (G_SS + z 1 1^T)^-1, for any z that makes it regular, w =
     * ((1 + s 1^T A b) / 1^T A 1) A 1 - s A b, and s^2 = (1 / 1^T A 1 - z) / (k^2 + (1^T A b)^2 / 1^T A 1 - b^T A b).
     *
     * @return NaN where it has none
     */
    private double rootOf(int n, int size) {
        roots++;
        double inverse = 0;
        for (int k = 0; k < size; k++) {
            inverse += 1 / g[corral[k] * n + corral[k]];
        }
        double z = 1 / inverse;
        if (!cholesky.factor(g, n, corral, size, z)) {
            return Double.NaN;
        }
        for (int k = 0; k < size; k++) {
            ones[k] = 1;
            products[k] = b[corral[k]];
        }
        cholesky.solve(ones);
        cholesky.solve(products);
        double alpha = 0;
        double beta = 0;
        double gamma = 0;
        for (int k = 0; k < size; k++) {
            alpha += ones[k];
            beta += products[k];
            gamma += products[k] * b[corral[k]];
        }
        double square =
                1 / alpha - z; // of the corral's affine hull: 0 where it holds 0, and then ||g_w|| / s is constant
        return square > STATIONARY * STATIONARY * z
                ? Math.sqrt(square / (radius * radius + beta * beta / alpha - gamma))
                : Double.NaN;
    }

    /** Whether the corral has the same members as the one before. */
    private boolean isSame(int last, int size) {
        if (last != size) {
            return false;
        }
        for (int k = 0; k < size; k++) {
            int member = before[k];
            int found = 0;
            while (found < size && corral[found] != member) {
                found++;
            }
            if (found == size) {
                return false;
            }
        }
        return true;
    }
}
