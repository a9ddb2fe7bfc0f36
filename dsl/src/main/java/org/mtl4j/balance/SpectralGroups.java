package org.mtl4j.balance;

/**
 * Mutable: parts numbers u_i, at least 0, by spectral clustering of the affinities u_i u_j. The normalised Laplacian leaves out
 * what ties a task to itself, L_ij = -u_i u_j / (d_i d_j) with d_i^2 = u_i sum_{j != i} u_j and L_ii = 1; the eigenvectors of
 * its smallest eigenvalues, divided by d_i, place each task, and CPQR of these places gives the groups (Damle, Minden and Ying
 * 2019, algorithm 1): what scikit-learn calls {@code SpectralClustering} with {@code affinity="linear"} and {@code
 * assign_labels="cluster_qr"}. Where two tasks have the same number the eigenvectors are not determined, and those of Jacobi's
 * rotations are taken.
 */
final class SpectralGroups implements TaskGroups {

    private final int groups;
    private final int[] order;
    private final int[] label;
    private final double[] root;
    private final double[] laplacian;
    private final double[] places;
    private final double[] left;
    private final double[] pivots;
    private final double[] square;
    private final double[] turn;
    private final double[] unit;
    private final double[] column;
    private final Eigen large;
    private final Eigen small;

    /** Room for so many numbers in so many groups. */
    SpectralGroups(int groups, int numbers) {
        this.groups = groups;
        order = new int[numbers];
        label = new int[numbers];
        root = new double[numbers];
        laplacian = new double[numbers * numbers];
        int axes = Math.min(groups, numbers);
        places = new double[numbers * axes];
        left = new double[numbers * axes];
        pivots = new double[axes * axes];
        square = new double[axes * axes];
        turn = new double[axes * axes];
        unit = new double[axes];
        column = new double[axes];
        large = new Eigen(numbers);
        small = new Eigen(axes);
    }

    @Override
    public void meansOf(double[] values) {
        int n = 0;
        double most = 0;
        for (int v = 0; v < values.length; v++) {
            if (values[v] != Double.NEGATIVE_INFINITY) {
                order[n++] = v;
                most = Math.max(most, values[v]);
            }
        }
        if (most == 0) {
            return;
        }
        part(values, most, n, Math.min(groups, n));
        for (int g = 0; g < groups; g++) {
            double sum = 0;
            int size = 0;
            for (int i = 0; i < n; i++) {
                sum += label[i] == g ? values[order[i]] / most : 0;
                size += label[i] == g ? 1 : 0;
            }
            for (int i = 0; i < n; i++) {
                if (label[i] == g) {
                    values[order[i]] = most * (sum / size);
                }
            }
        }
    }

    /** Labels the first n tasks. */
    private void part(double[] values, double most, int n, int parts) {
        if (parts == n || parts == 1) {
            for (int i = 0; i < n; i++) {
                label[i] = parts == 1 ? 0 : i;
            }
            return;
        }
        place(values, most, n, parts);
        choosePivots(n, parts);
        polarFactor(parts);
        for (int i = 0; i < n; i++) {
            label[i] = furthestAxis(i, parts);
        }
    }

    /** Places task i at places[i, ..] by the eigenvectors of the smallest eigenvalues, the smallest first. */
    private void place(double[] values, double most, int n, int parts) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += values[order[i]] / most;
        }
        for (int i = 0; i < n; i++) {
            double u = values[order[i]] / most;
            double degree = Math.sqrt(u * Math.max(sum - u, 0));
            root[i] = degree == 0 ? 1 : degree;
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double affinity = values[order[i]] / most * (values[order[j]] / most);
                laplacian[i * n + j] = i == j ? 2 : -affinity / (root[i] * root[j]); // L + 1: no eigenvalue near 0
            }
        }
        large.decompose(laplacian, n);
        for (int axis = 0; axis < parts; axis++) {
            int k = large.smallest(axis);
            for (int i = 0; i < n; i++) {
                places[i * parts + axis] = large.vector(k, i) / root[i];
            }
        }
    }

    /** The places of the tasks that a QR decomposition with pivots chooses first: furthest from those chosen before. */
    private void choosePivots(int n, int parts) {
        System.arraycopy(places, 0, left, 0, n * parts);
        for (int p = 0; p < parts; p++) {
            int chosen = longest(n, parts);
            System.arraycopy(places, chosen * parts, pivots, p * parts, parts);
            double length = Math.sqrt(product(left, chosen * parts, left, chosen * parts, parts));
            for (int a = 0; a < parts; a++) {
                unit[a] = length == 0 ? 0 : left[chosen * parts + a] / length;
            }
            for (int i = 0; i < n; i++) {
                double along = product(left, i * parts, unit, 0, parts);
                for (int a = 0; a < parts; a++) {
                    left[i * parts + a] -= along * unit[a];
                }
            }
        }
    }

    private int longest(int n, int parts) {
        int chosen = 0;
        double most = -1;
        for (int i = 0; i < n; i++) {
            double length = product(left, i * parts, left, i * parts, parts);
            if (length > most) {
                most = length;
                chosen = i;
            }
        }
        return chosen;
    }

    /** The orthogonal matrix next to B, whose columns are the pivots: (B B^T)^(-1/2) B, in turn, row by row. */
    private void polarFactor(int parts) {
        for (int a = 0; a < parts; a++) {
            for (int b = 0; b < parts; b++) {
                double sum = 0;
                for (int p = 0; p < parts; p++) {
                    sum += pivots[p * parts + a] * pivots[p * parts + b];
                }
                square[a * parts + b] = sum;
            }
        }
        small.decompose(square, parts);
        double bound = parts * Math.ulp(1.0) * small.largest();
        for (int p = 0; p < parts; p++) {
            System.arraycopy(pivots, p * parts, column, 0, parts);
            small.applyInverse(column, bound, Eigen.Inverse.OF_ROOTS, unit);
            for (int a = 0; a < parts; a++) {
                turn[a * parts + p] = unit[a];
            }
        }
    }

    private int furthestAxis(int task, int parts) {
        int furthest = 0;
        double most = -1;
        for (int p = 0; p < parts; p++) {
            double along = 0;
            for (int a = 0; a < parts; a++) {
                along += places[task * parts + a] * turn[a * parts + p];
            }
            if (Math.abs(along) > most) {
                most = Math.abs(along);
                furthest = p;
            }
        }
        return furthest;
    }

    private static double product(double[] a, int from, double[] b, int fromB, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += a[from + i] * b[fromB + i];
        }
        return sum;
    }
}
