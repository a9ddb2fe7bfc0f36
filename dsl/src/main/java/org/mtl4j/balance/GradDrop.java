package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.tensor.Draws;

/**
 * Gradient sign dropout (Chen et al. 2020, Just pick a sign, arXiv 2010.06808): at each shared parameter one sign is drawn,
 * positive with probability P = (1 + sum_i g_i / sum_i |g_i|) / 2, and the gradients of the other sign are dropped: g = sum_i
 * (leak + (1 - leak) m_i) g_i, with m_i = 1 where g_i has the sign that was drawn. Where all gradients agree, nothing is dropped.
 *
 * <p>It acts on the gradients by the shared parameters, as TorchJD's does; the paper's layer and LibMTL's act on those by the
 * representation. No leak is the paper's default, LibMTL's and TorchJD's. Where all gradients are 0 so is the update (TorchJD
 * divides by 0 there, and gets 0 too). Its weights say nothing: they are 1, or 0 for a task without labels in the batch.
 *
 * <p>Cost: the gradients of all tasks by all shared parameters, in one pass; memory for them, T numbers a parameter.
 *
 * @param leak which share of the other sign's gradients is kept, in [0, 1]; at 1 the update is the sum
 */
public record GradDrop(double leak) implements Balancer {

    /** The share of the other sign's gradients that is kept where none is given. */
    public static final double DEFAULT_LEAK = 0;

    public GradDrop {
        if (!(leak >= 0 && leak <= 1)) {
            throw new IllegalArgumentException(
                    "graddrop().leak(%s): it is a number from 0 to 1.%nGive 0 to drop the gradients of the other sign, or the share of them to keep."
                            .formatted(leak));
        }
    }

    /** This balancer with another share of the other sign's gradients. */
    public GradDrop leak(double share) {
        return new GradDrop(share);
    }

    @Override
    public Needs needs() {
        return Needs.GRADIENTS;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new Drawing((float) leak);
    }

    /** Draws a sign a parameter. */
    private record Drawing(float leak) implements Aggregator {

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            Arrays.setAll(weights, t -> step.isLabelled(t) ? 1 : 0);
        }

        @Override
        public void aggregate(WeighingStep step, float[] direction) {
            for (int p = 0; p < direction.length; p++) {
                direction[p] = drop(step, p, Draws.uniform(step.random()));
            }
        }

        /** The update of a parameter. @param uniform what its sign is drawn by, in [0, 1) */
        private float drop(WeighingStep step, int p, double uniform) {
            float[] gradients = step.gradients();
            double positive = 0;
            double negative = 0;
            for (int at = p; at < gradients.length; at += step.parameters()) {
                positive += Math.max(0, gradients[at]);
                negative += Math.min(0, gradients[at]);
            }
            boolean isPositive = positive > uniform * (positive - negative);
            return (float) (isPositive ? positive + leak * negative : negative + leak * positive);
        }
    }

    @Override
    public String toString() {
        return "graddrop()" + (leak == DEFAULT_LEAK ? "" : ".leak(" + leak + ")");
    }
}
