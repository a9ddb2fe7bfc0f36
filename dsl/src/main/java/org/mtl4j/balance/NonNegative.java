package org.mtl4j.balance;

/**
 * Mutable, reused: minimises x^T H x / 2 + q^T x over x &gt;= 0, with H positive definite.
 *
 * <p>The solution is where x &gt;= 0, y = Hx + q &gt;= 0 and x_i y_i = 0 for every i. Block principal pivoting (Júdice and
 * Pires, Computers and Operations Research 21, 1994): the variables are split into free ones, with y_i = 0, and those at
 * their bound, with x_i = 0; all that come out negative change sides at once, and one at a time, the last, after a few
 * rounds without fewer of them, which ends after finitely many rounds (Murty's rule). The free ones are solved for by
 * Cholesky factors, so that the solution is exact up to rounding, times the condition of H.
 */
final class NonNegative {

    /** How many roundings of its terms a negative number must exceed to count. */
    private static final double SLACK = 4 * Math.ulp(1.0);

    /** Rounds without fewer negative variables before they change sides one at a time; as published. */
    private static final int PATIENCE = 3;

    /** Most rounds per variable: far above what is needed, a bound where rounding leads in a circle at the last bits. */
    private static final int ROUNDS_PER_VARIABLE = 20;

    private final Cholesky cholesky;
    private final boolean[] isFree;
    private final boolean[] isWrong;
    private final int[] free;
    private final double[] solved;
    private int size;
    private long iterations;

    /** Room for so many variables. */
    NonNegative(int capacity) {
        cholesky = new Cholesky(capacity);
        isFree = new boolean[capacity];
        isWrong = new boolean[capacity];
        free = new int[capacity];
        solved = new double[capacity];
    }

    /**
     * Writes the minimum; zeros where H is not positive definite.
     *
     * @param h [n * n], not modified
     * @param n how many variables, at most the capacity
     * @param q its first n count, not modified
     * @param x its first n are overwritten
     */
    void solve(double[] h, int n, double[] q, double[] x) {
        for (int i = 0; i < n; i++) {
            isFree[i] = q[i] < 0;
        }
        int fewest = n + 1;
        int patience = PATIENCE;
        for (int round = 0; round < ROUNDS_PER_VARIABLE * n; round++) {
            if (!solveFree(h, n, q, x)) {
                break;
            }
            int wrong = markWrong(h, n, q, x);
            if (wrong == 0) {
                break;
            }
            patience = wrong < fewest ? PATIENCE : patience - 1;
            fewest = Math.min(fewest, wrong);
            changeSides(n, patience >= 0 ? n : 1);
        }
        for (int i = 0; i < n; i++) {
            x[i] = Math.max(0, x[i]);
        }
    }

    /** The rounds of pivoting that it has taken since it was made. */
    long iterations() {
        return iterations;
    }

    /** Solves H_FF x_F = -q_F; the others are 0. Answers whether it could. */
    private boolean solveFree(double[] h, int n, double[] q, double[] x) {
        iterations++;
        size = 0;
        for (int i = 0; i < n; i++) {
            x[i] = 0;
            if (isFree[i]) {
                solved[size] = -q[i];
                free[size++] = i;
            }
        }
        if (!cholesky.factor(h, n, free, size, 0)) {
            return false;
        }
        cholesky.solve(solved);
        for (int k = 0; k < size; k++) {
            x[free[k]] = solved[k];
        }
        return true;
    }

    /** Marks the variables on the wrong side, and answers how many they are. */
    private int markWrong(double[] h, int n, double[] q, double[] x) {
        double largest = 0;
        for (int k = 0; k < size; k++) {
            largest = Math.max(largest, Math.abs(solved[k]));
        }
        int wrong = 0;
        for (int i = 0; i < n; i++) {
            if (isFree[i]) {
                isWrong[i] = x[i] < -n * SLACK * largest;
            } else {
                double y = q[i];
                double terms = Math.abs(y);
                for (int k = 0; k < size; k++) {
                    double term = h[i * n + free[k]] * solved[k];
                    y += term;
                    terms += Math.abs(term);
                }
                isWrong[i] = y < -n * SLACK * terms;
            }
            wrong += isWrong[i] ? 1 : 0;
        }
        return wrong;
    }

    /** Lets the last so many of the wrong ones change sides. */
    private void changeSides(int n, int most) {
        int left = most;
        for (int i = n - 1; i >= 0 && left > 0; i--) {
            if (isWrong[i]) {
                isFree[i] = !isFree[i];
                left--;
            }
        }
    }
}
