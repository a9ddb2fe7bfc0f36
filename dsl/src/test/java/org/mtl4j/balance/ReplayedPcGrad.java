package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;

/** PCGrad's own projection in given orders instead of random ones: {@code orders[step][i]} are the tasks that i visits. */
public record ReplayedPcGrad(List<int[][]> orders, Heads heads) implements Balancer {

    @Override
    public Needs needs() {
        return Needs.GRAM;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return (step, weights) -> {
            double[] replayed = weights(step, orders.get((int) step.number()), false);
            System.arraycopy(replayed, 0, weights, 0, weights.length);
        };
    }

    /** The weights of one step; i itself is left out of its order unless it is to visit itself. */
    static double[] weights(WeighingStep step, int[][] orders, boolean selfToo) {
        double[] weights = new double[step.tasks()];
        double[] c = new double[step.tasks()];
        double[] products = new double[step.tasks()];
        for (int i = 0; i < orders.length; i++) {
            int self = i;
            int[] order =
                    Arrays.stream(orders[i]).filter(j -> selfToo || j != self).toArray();
            PcGrad.project(i, order, order.length, step, c, products, weights);
        }
        return weights;
    }
}
