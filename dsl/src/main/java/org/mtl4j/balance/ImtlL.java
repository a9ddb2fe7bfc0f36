package org.mtl4j.balance;

import java.util.List;

/**
 * Impartial multi-task learning by the losses, IMTL-L (Liu et al. 2021, Towards impartial multi-task learning): L = sum_i
 * (exp(s_i) L_i - s_i) with s_i a parameter that the training's optimiser trains with all others, so that the scaled losses
 * exp(s_i) L_i of all tasks come to the same size, 1.
 *
 * <p>The weight of task i is exp(s_i) and the gradient by s_i is exp(s_i) L_i - 1. The s_i begin at 0, as in TorchJD and
 * LibMTL. It is {@code uncertainty()} twice over, with s_i of the other sign, so that the two part only by the
 * learning rate of the s_i. The sum is over the tasks with labels in the batch: one without leaves its s_i as it is. A loss
 * that stays 0 drives its s_i up without end; the weight stops at the greatest float. With one task it is the same.
 *
 * <p>Cost: one exponential and one trained number a task.
 */
public record ImtlL() implements Balancer {

    @Override
    public Needs needs() {
        return Needs.LOSSES;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new TrainedNumbers(tasks.size(), 0) {
            @Override
            public void weigh(WeighingStep step, double[] weights) {
                for (int t = 0; t < weights.length; t++) {
                    weights[t] = Math.min(StrictMath.exp(step.own(t)), Float.MAX_VALUE);
                    step.ownGradient(t, step.isLabelled(t) ? weights[t] * step.loss(t) - 1 : 0);
                }
            }
        };
    }

    @Override
    public String toString() {
        return "imtlL()";
    }
}
