package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.tensor.Draws;

/**
 * One task a step, drawn by its loss: task i is trained with probability L_i / sum_j L_j, weighs 1 then and 0 else. A task of
 * high loss is trained more often; over many steps the update is sum_i L_i g_i / sum_j L_j. {@code rlw().oneTask()} draws
 * all tasks alike.
 *
 * <p>Only tasks with labels in the batch are drawn. A loss below 0 counts as 0; where all are 0, those tasks are alike.
 * Without any labels every weight is 0. With one task the weight is 1.
 *
 * <p>Cost: nothing beyond one draw.
 */
public record LossSampling() implements Balancer {

    @Override
    public Needs needs() {
        return Needs.LOSSES;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return (step, weights) -> {
            double most = 0;
            for (int t = 0; t < weights.length; t++) {
                most = Math.max(most, step.isLabelled(t) ? step.loss(t) : 0);
            }
            double sum = 0;
            for (int t = 0; t < weights.length; t++) {
                weights[t] = share(step, t, most);
                sum += weights[t];
            }
            int drawn = draw(weights, sum * Draws.uniform(step.random()));
            Arrays.fill(weights, 0);
            if (sum > 0) {
                weights[drawn] = 1;
            }
        };
    }

    /** In the proportions of the losses, at most 1: no sum of them overflows. */
    private static double share(WeighingStep step, int task, double most) {
        if (!step.isLabelled(task)) {
            return 0;
        }
        return most > 0 ? Math.max(step.loss(task), 0) / most : 1;
    }

    /** The place where the shares up to it exceed a number; the last that has a share, if rounding leaves none. */
    private static int draw(double[] shares, double number) {
        int last = 0;
        double sum = 0;
        for (int t = 0; t < shares.length; t++) {
            sum += shares[t];
            if (shares[t] > 0) {
                last = t;
                if (sum > number) {
                    return t;
                }
            }
        }
        return last;
    }

    @Override
    public String toString() {
        return "sampleByLoss()";
    }
}
