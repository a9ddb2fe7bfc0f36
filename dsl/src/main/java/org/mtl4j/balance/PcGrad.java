package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mtl4j.tensor.Draws;

/**
 * Projecting conflicting gradients (Yu et al. 2020, algorithm 1): for each task i and each other task j in random order,
 * if g_i . g_j &lt; 0 for the current g_i and the original g_j, then g_i becomes g_i - (g_i . g_j / ||g_j||^2) g_j; the update
 * is their sum.
 *
 * <p>Every projected g_i is a combination c_i of the original gradients, so the T x T Gram is enough: c_i starts as the
 * unit vector e_i, the test is c_i^T G e_j &lt; 0, the projection subtracts (c_i^T G e_j / G_jj) from c_ij, and the weights
 * are the column sums of c. j = i is skipped and no number is added to ||g_j||^2, as in the paper and TorchJD (LibMTL does
 * not skip i and adds 1e-8); a task whose gradient is zero projects nobody.
 *
 * <p>Cost: one backward signal per task and the Gram, in one pass; then T^3 products at most, T^2 numbers of memory.
 *
 * @param heads what the heads get: weight 1, as in the paper
 */
public record PcGrad(Heads heads) implements Balancer {

    /** PCGrad as published. */
    public static PcGrad asPublished() {
        return new PcGrad(Heads.UNIT);
    }

    /** This balancer with its weights on the heads too. */
    public PcGrad headsWeighted() {
        return new PcGrad(Heads.WEIGHTED);
    }

    @Override
    public Needs needs() {
        return Needs.GRAM;
    }

    @Override
    public Weighting start(List<String> tasks) {
        int[] order = new int[tasks.size()];
        double[] c = new double[tasks.size()];
        double[] products = new double[tasks.size()];
        return (step, weights) -> {
            Arrays.fill(weights, 0);
            for (int i = 0; i < weights.length; i++) {
                othersShuffled(i, order, step.random());
                project(i, order, order.length - 1, step, c, products, weights);
            }
        };
    }

    /** The other tasks in random order. @param order [tasks], the first tasks - 1 are overwritten. */
    static void othersShuffled(int i, int[] order, RandomGenerator random) {
        int n = 0;
        for (int j = 0; j < order.length; j++) {
            if (j != i) {
                order[n++] = j;
            }
        }
        Draws.shuffle(order, n, random);
    }

    /**
     * Adds the coefficients of the projected g_i to the weights.
     *
     * @param c [tasks], scratch
     * @param products [tasks], scratch: c^T G
     * @param weights modified
     */
    static void project(
            int i, int[] order, int others, WeighingStep step, double[] c, double[] products, double[] weights) {
        double[] gram = step.gram();
        int tasks = c.length;
        Arrays.fill(c, 0);
        c[i] = 1;
        System.arraycopy(gram, i * tasks, products, 0, tasks);
        for (int k = 0; k < others; k++) {
            int j = order[k];
            double square = gram[j * tasks + j];
            if (products[j] < 0 && square > 0) {
                double share = products[j] / square;
                c[j] -= share;
                for (int l = 0; l < tasks; l++) {
                    products[l] -= share * gram[j * tasks + l];
                }
            }
        }
        for (int l = 0; l < tasks; l++) {
            weights[l] += c[l];
        }
    }

    @Override
    public String toString() {
        return "pcgrad()" + (heads == Heads.UNIT ? "" : ".headsWeighted()");
    }
}
