package org.mtl4j.balance;

import java.util.List;

/**
 * Geometric loss strategy (Chennupati, Sistu, Yogamani and Rawashdeh 2019, MultiNet++, arXiv 1904.08492): the total loss
 * is the geometric mean of the task losses, L = (prod_i L_i)^(1/T), so that w_i = dL/dL_i = L / (T L_i). A factor on one
 * task's loss is one on the total loss, whatever the task.
 *
 * <p>These are the weights that are applied, as in TorchJD and LibMTL (the numbers that LibMTL returns are others, L_i / (T
 * prod_j L_j)). The mean is over the tasks with labels in the batch and a loss above {@link #LEAST_LOSS}, T of them; any
 * other takes no part and weighs 0, where LibMTL and TorchJD answer no number. With one task the weight is 1.
 *
 * <p>Cost: nothing beyond the losses, one logarithm and one exponential a task.
 */
public record Gls() implements Balancer {

    /** A loss that is not above this takes no part: it has no logarithm, or one that says nothing. */
    public static final double LEAST_LOSS = 1e-20;

    @Override
    public Needs needs() {
        return Needs.LOSSES;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return Gls::weigh;
    }

    private static void weigh(WeighingStep step, double[] weights) {
        double sum = 0;
        int taking = 0;
        for (int t = 0; t < weights.length; t++) {
            if (takesPart(step, t)) {
                sum += StrictMath.log(step.loss(t));
                taking++;
            }
        }
        for (int t = 0; t < weights.length; t++) {
            weights[t] = 0;
            if (takesPart(step, t)) {
                double ratio = StrictMath.exp(sum / taking - StrictMath.log(step.loss(t)));
                weights[t] = Math.min(ratio, Double.MAX_VALUE) / taking;
            }
        }
    }

    private static boolean takesPart(WeighingStep step, int task) {
        return step.isLabelled(task) && step.loss(task) > LEAST_LOSS;
    }

    @Override
    public String toString() {
        return "gls()";
    }
}
