package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.tensor.Draws;

/**
 * Gradient sign dropout (Chen et al. 2020, Just pick a sign, arXiv 2010.06808): at each shared parameter one sign is drawn,
 * positive with probability P = (1 + sum_i g_i / sum_i |g_i|) / 2, and the gradients of the other sign are dropped: g = sum_i
 * (leak + (1 - leak) m_i) g_i, with m_i = 1 where g_i has the sign that was drawn. Where all gradients agree, nothing is dropped.
 *
 * <p>It acts on the gradients by the shared parameters, as TorchJD's does; {@link #atRepresentation} acts on those by the shared
 * representation, as the paper's layer and LibMTL's do: there s_i, the sum over the rows of the batch of g_i times the sign of
 * the representation, stands for g_i at each number of it, with P = (1 + sum_i s_i / (sum_i |s_i| + 1e-7)) / 2, one draw a number
 * for all rows, and what is left goes on to the parameters below. Where s_i is 0, as at a dead unit, m_i is 0.
 *
 * <p>No leak is the paper's default, LibMTL's and TorchJD's. Where all gradients are 0 so is the update (TorchJD divides by 0
 * there, and gets 0 too). Opposite gradients are dropped one or the other, duplicate ones kept both; one task is kept whole. Heads
 * get weight 1. Its weights say nothing: they are 1, or 0 for a task without labels in the batch.
 *
 * <p>Cost: the gradients of all tasks by all shared parameters, in one pass; memory for them, T numbers a parameter. At the
 * representation: one signal per task down to it and one below, and 2 T numbers for each of its own.
 *
 * @param leak which share of the other sign's gradients is kept, in [0, 1]; at 1 the update is the sum
 * @param scope the gradients that it drops: those by all shared parameters, or by the representation
 */
public record GradDrop(double leak, Scope scope) implements Balancer {

    /** The share of the other sign's gradients that is kept where none is given. */
    public static final double DEFAULT_LEAK = 0;

    private static final double LEAST_SUM = 1e-7;

    public GradDrop {
        if (scope instanceof Scope.Layers) {
            throw new IllegalArgumentException(
                    "graddrop()%s: it drops gradients by all shared parameters, or by the representation.%nLeave it out, or write graddrop().atRepresentation()."
                            .formatted(scope));
        }
        if (!(leak >= 0 && leak <= 1)) {
            throw new IllegalArgumentException(
                    "graddrop().leak(%s): it is a number from 0 to 1.%nGive 0 to drop the gradients of the other sign, or the share of them to keep."
                            .formatted(leak));
        }
    }

    /** It on the gradients by all shared parameters. */
    public GradDrop(double leak) {
        this(leak, Scope.DEFAULT);
    }

    /** This balancer with another share of the other sign's gradients. */
    public GradDrop leak(double share) {
        return new GradDrop(share, scope);
    }

    @Override
    public GradDrop atRepresentation() {
        return new GradDrop(leak, new Scope.Representation());
    }

    @Override
    public GradDrop atLayers(String... names) {
        return new GradDrop(leak, new Scope.Layers(List.of(names)));
    }

    @Override
    public Needs needs() {
        return Needs.GRADIENTS;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return scope instanceof Scope.Representation ? new Masks((float) leak) : new Drawing((float) leak);
    }

    private static void count(WeighingStep step, double[] weights) {
        Arrays.setAll(weights, t -> step.isLabelled(t) ? 1 : 0);
    }

    /** Draws a sign for each number of the representation. */
    private record Masks(float leak) implements Masking {

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            count(step, weights);
        }

        @Override
        public void mask(WeighingStep step, float[] agreements, float[] kept) {
            int numbers = agreements.length / step.tasks();
            for (int k = 0; k < numbers; k++) {
                double sum = 0;
                double size = 0;
                for (int at = k; at < agreements.length; at += numbers) {
                    sum += agreements[at];
                    size += Math.abs(agreements[at]);
                }
                double more = 0.5 * (1 + sum / (size + LEAST_SUM)) - Draws.uniform(step.random());
                for (int at = k; at < agreements.length; at += numbers) {
                    kept[at] = more * agreements[at] > 0 ? 1 : leak; // of the sign that was drawn
                }
            }
        }
    }

    /** Draws a sign a parameter. */
    private record Drawing(float leak) implements Aggregator {

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            count(step, weights);
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
        return "graddrop()" + (leak == DEFAULT_LEAK ? "" : ".leak(" + leak + ")") + scope;
    }
}
