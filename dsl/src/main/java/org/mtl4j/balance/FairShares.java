package org.mtl4j.balance;

/**
 * Mutable, reused: solves (G w)_i = w_i^-p over w &gt; 0, with G the Gram of gradients that are not zero and p &gt; 0; at p = 1
 * also (G w)_i = r_i / w_i with shares r &gt; 0, where f'(w) below is r_i / w.
 *
 * <p>It is the minimum of w^T G w / 2 - sum_i f(w_i) with f'(w) = w^-p, which is strictly convex: there is one, or none
 * where a combination of the gradients with weights of at least 0 is zero. Newton's method in b_i = w_i ||g_i||, so that
 * only cosines are seen and lengths cannot spoil it; a step stops short of b_i = 0 and where the slope along it would turn
 * up. It ends when a step moves every b_i by less than 1e-8 of itself, as the next one would move them by about the square
 * of that, or when steps of less than 1e-3 do not grow shorter any more, which is the rounding of the Gram.
 *
 * <p>That there is none is taken to be so where || sum_i w_i g_i || falls below 1e-7 times sum_i w_i ||g_i||, about what
 * single precision can tell from 0.
 */
final class FairShares {

    private static final double STATIONARY = 1e-7;

    /** The largest relative move of the last step. */
    private static final double CONVERGED = 1e-8;

    /** Steps that move every b_i by less than this share of it roughly square it: they are taken whole. */
    private static final double NEAR = 1e-3;

    /** How much of the way to b_i = 0 a step goes at most. */
    private static final double SHORT_OF_BOUND = 0.99;

    /** The share of the slope at its beginning that a step may end with, upwards. */
    private static final double MOST_SLOPE = 0.1;

    private static final int MOST_STEPS = 200;

    private final int[] rows;
    private final double[] lengths;
    private final double[] cosines;
    private final double[] hessian;
    private final double[] factors;
    private final double[] products;
    private final double[] b;
    private final double[] move;
    private final Cholesky cholesky;
    private double p = 1;
    private long iterations;

    /** Room for so many gradients. */
    FairShares(int capacity) {
        rows = new int[capacity];
        for (int i = 0; i < capacity; i++) {
            rows[i] = i;
        }
        lengths = new double[capacity];
        cosines = new double[capacity * capacity];
        hessian = new double[capacity * capacity];
        factors = new double[capacity];
        products = new double[capacity];
        b = new double[capacity];
        move = new double[capacity];
        cholesky = new Cholesky(capacity);
    }

    /**
     * Writes the solution.
     *
     * @param gram [n * n], not modified
     * @param power p
     * @param w its first n are overwritten if there is a solution
     * @return whether there is one
     */
    boolean solve(double[] gram, int n, double power, double[] w) {
        p = power;
        take(gram, n);
        for (int i = 0; i < n; i++) {
            factors[i] = p == 1 ? 1 : StrictMath.pow(lengths[i], p - 1);
            b[i] = p == 1 ? 1 : StrictMath.pow(factors[i], 1 / (1 + p));
        }
        return write((p == 1 && n == 2) ? ofTwo() : newton(n), n, w);
    }

    /**
     * Writes the solution of w_i (G w)_i = r_i.
     *
     * @param gram [n * n], not modified
     * @param shares r, its first n are above 0
     * @param w its first n are overwritten if there is a solution
     * @return whether there is one
     */
    boolean solveShares(double[] gram, int n, double[] shares, double[] w) {
        p = 1;
        take(gram, n);
        boolean isEven = true;
        for (int i = 0; i < n; i++) {
            factors[i] = shares[i];
            b[i] = Math.sqrt(shares[i]);
            isEven &= shares[i] == 1;
        }
        return write((isEven && n == 2) ? ofTwo() : newton(n), n, w);
    }

    private boolean write(boolean isSolved, int n, double[] w) {
        for (int i = 0; i < n && isSolved; i++) {
            w[i] = b[i] / lengths[i];
        }
        return isSolved;
    }

    /** As if the gradients were orthogonal: w_i = (||g_i||^2)^(-1 / (1 + p)). */
    static void alone(double[] gram, int n, double power, double[] w) {
        for (int i = 0; i < n; i++) {
            w[i] = StrictMath.pow(gram[i * n + i], -1 / (1 + power));
        }
    }

    /** The Newton steps that it has taken since it was made. */
    long iterations() {
        return iterations;
    }

    private void take(double[] gram, int n) {
        for (int i = 0; i < n; i++) {
            lengths[i] = Math.sqrt(gram[i * n + i]);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                cosines[i * n + j] = i == j ? 1 : gram[i * n + j] / lengths[i] / lengths[j];
            }
        }
    }

    /** b_0 (b_0 + r b_1) = 1 = b_1 (b_1 + r b_0) for the cosine r, so b_0 = b_1. */
    private boolean ofTwo() {
        double sum = 1 + cosines[1];
        b[0] = 1 / Math.sqrt(sum);
        b[1] = b[0];
        return sum > 2 * STATIONARY * STATIONARY;
    }

    private boolean newton(int n) {
        double before = Double.POSITIVE_INFINITY;
        for (int step = 0; step < MOST_STEPS; step++) {
            if (canCancel(n) || !direct(n)) {
                return false;
            }
            double change = 0;
            for (int i = 0; i < n; i++) {
                change = Math.max(change, Math.abs(move[i]) / b[i]);
            }
            boolean isNear = change < NEAR;
            double length = isNear ? 1 : stepLength(n); // near the solution a slope is rounding
            for (int i = 0; i < n; i++) {
                b[i] += length * move[i];
            }
            if (isNear && (change < CONVERGED || change > before / 2)) {
                return true;
            }
            before = isNear ? change : Double.POSITIVE_INFINITY;
        }
        return false;
    }

    /** Writes the products with the cosines, and answers whether the sum of the b_i g_i / ||g_i|| is near zero. */
    private boolean canCancel(int n) {
        double square = 0;
        double reach = 0;
        for (int i = 0; i < n; i++) {
            products[i] = 0;
            for (int j = 0; j < n; j++) {
                products[i] += cosines[i * n + j] * b[j];
            }
            square += b[i] * products[i];
            reach += b[i];
        }
        return !(square > STATIONARY * STATIONARY * reach * reach);
    }

    /** factor_i b^-p, which b_i's product with the cosines has to be: w_i^-p ||g_i||^-1. */
    private double wanted(int i, double value) {
        if (p == 1) {
            return factors[i] / value;
        }
        return p == 0.5 ? factors[i] / Math.sqrt(value) : factors[i] * StrictMath.pow(value, -p);
    }

    /** Writes Newton's step; answers whether there is one. */
    private boolean direct(int n) {
        iterations++;
        for (int i = 0; i < n; i++) {
            double wanted = wanted(i, b[i]);
            move[i] = wanted - products[i];
            System.arraycopy(cosines, i * n, hessian, i * n, n);
            hessian[i * n + i] += p * wanted / b[i];
        }
        if (!cholesky.factor(hessian, n, rows, n, 0)) {
            return false;
        }
        cholesky.solve(move);
        return true;
    }

    private double stepLength(int n) {
        double length = 1;
        for (int i = 0; i < n; i++) {
            if (move[i] < 0) {
                length = Math.min(length, SHORT_OF_BOUND * b[i] / -move[i]);
            }
        }
        double first = slope(n, 0);
        while (slope(n, length) > -MOST_SLOPE * first && length > 1e-10) {
            length /= 2;
        }
        return length;
    }

    /** The derivative along the step, at this share of it. */
    private double slope(int n, double share) {
        double slope = 0;
        for (int i = 0; i < n; i++) {
            double product = 0;
            for (int j = 0; j < n; j++) {
                product += cosines[i * n + j] * (b[j] + share * move[j]);
            }
            slope += move[i] * (product - wanted(i, b[i] + share * move[i]));
        }
        return slope;
    }
}
