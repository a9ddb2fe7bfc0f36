package org.mtl4j.balance;

import java.util.List;
import org.mtl4j.bytes.State;

/**
 * Gradient normalisation (Chen, Badrinarayanan, Lee and Rabinovich 2018, GradNorm, arXiv 1711.02257; as in LibMTL): the
 * weights are trained so that the weighted gradients of all tasks are of one length, longer for a task that trains slowly. With
 * G_i = w_i ||g_i||, G their mean over the tasks and r_i = (L_i / L_i(0)) / mean_j (L_j / L_j(0)), the loss of the weights is
 * sum_i |G_i - G r_i^alpha|, in which G r_i^alpha is taken as a number.
 *
 * <p>As in LibMTL, w = T softmax(s), the s_i begin at 1, and the training's optimiser trains them with all other parameters; so
 * the weights sum to T, to which the paper brings them after each step of an optimiser of the weights' own: {@code
 * adam(1e-3).group("balancer", 0.025)} is a rate of their own. L_i(0) is the mean loss of the first epoch, as in LibMTL, and
 * until it is over every weight is 1 and no s_i moves; {@code baseline(1)} takes the loss of the first step, as in the paper.
 * The default of alpha is LibMTL's.
 *
 * <p>The gradients are those by all shared parameters, as in LibMTL; the paper takes the last shared layer: {@code
 * gradnorm().atLayers("encoder.1")}. Heads get weight 1, as in LibMTL; in the paper the weights reach them: {@link
 * #headsWeighted}. Only the lengths count, so opposite and duplicate gradients are as any others. A zero gradient has no say in
 * its s_i, which moves against those of the others. A task without labels in the batch leaves its s_i as it is, and the means
 * are over the others. A loss below 0 counts as 0; L_i(0) is 1 where it would not be above {@link Gls#LEAST_LOSS}, and r_i is 1
 * where all losses are 0. One task weighs 1.
 *
 * <p>Cost: one backward signal per task and the Gram, in one pass; one trained number a task.
 *
 * @param alpha how much longer the gradient of a task that trains slowly is to be, at least 0: at 0 all come to one length
 * @param baseline the steps whose mean losses are L(0); 0 for the first epoch
 * @param heads what the heads get: weight 1 unless told otherwise
 */
public record GradNorm(double alpha, int baseline, Heads heads) implements Balancer {

    /** alpha where none is given, as in LibMTL. */
    public static final double DEFAULT_ALPHA = 1.5;

    /** In place of a number of steps: the first epoch. */
    public static final int FIRST_EPOCH = 0;

    private static final double INITIAL = 1;

    public GradNorm {
        if (!(alpha >= 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "gradnorm().alpha(%s): it is a finite number of at least 0.%nGive 1.5, or less where tasks are alike."
                            .formatted(alpha));
        }
        if (baseline < FIRST_EPOCH) {
            throw noSteps(baseline);
        }
    }

    /** As in LibMTL. */
    public static GradNorm asPublished() {
        return new GradNorm(DEFAULT_ALPHA, FIRST_EPOCH, Heads.UNIT);
    }

    /** This balancer with another alpha. */
    public GradNorm alpha(double power) {
        return new GradNorm(power, baseline, heads);
    }

    /** This balancer with losses measured by those of so many first steps, rather than of the first epoch. */
    public GradNorm baseline(int steps) {
        if (steps < 1) {
            throw noSteps(steps);
        }
        return new GradNorm(alpha, steps, heads);
    }

    /** This balancer with its weights on the heads too. */
    public GradNorm headsWeighted() {
        return new GradNorm(alpha, baseline, Heads.WEIGHTED);
    }

    private static IllegalArgumentException noSteps(int number) {
        return new IllegalArgumentException(
                "gradnorm().baseline(%d): it is a number of steps, at least 1.%nGive 1 for the losses of the first step, or leave baseline(..) out for those of the first epoch."
                        .formatted(number));
    }

    @Override
    public Needs needs() {
        return Needs.GRAM;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new Lengths(tasks.size());
    }

    /** Mutable: the losses of the beginning. */
    private final class Lengths extends TrainedNumbers {

        private final MeanLosses first;
        private final double[] lengths;
        private final double[] rates;

        Lengths(int tasks) {
            super(tasks, INITIAL);
            first = new MeanLosses(tasks);
            lengths = new double[tasks];
            rates = new double[tasks];
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            boolean measures = baseline == FIRST_EPOCH ? step.epoch() == 0 : step.number() < baseline;
            if (measures) {
                first.add(step);
            }
            boolean waits = baseline == FIRST_EPOCH ? measures : step.number() < baseline - 1;
            for (int t = 0; t < weights.length; t++) {
                weights[t] = waits ? 0 : step.own(t);
            }
            Softmax.of(weights, weights.length);
            if (waits) {
                for (int t = 0; t < weights.length; t++) {
                    step.ownGradient(t, 0);
                }
            } else {
                slopes(step, weights);
            }
        }

        /** Writes the gradient by s: w_i (d_i - sum_j w_j d_j / sum_j w_j), with d_i that by w_i. */
        private void slopes(WeighingStep step, double[] weights) {
            measure(step, weights);
            double sum = 0;
            double pull = 0;
            for (int t = 0; t < weights.length; t++) {
                sum += step.isLabelled(t) ? weights[t] : 0;
                pull += weights[t] * lengths[t];
            }
            for (int t = 0; t < weights.length; t++) {
                step.ownGradient(t, step.isLabelled(t) && sum > 0 ? weights[t] * (lengths[t] - pull / sum) : 0);
            }
        }

        /** Makes d of the lengths: ||g_i|| where w_i ||g_i|| is above its goal, -||g_i|| below, 0 on it or without labels. */
        private void measure(WeighingStep step, double[] weights) {
            int n = 0;
            double mean = 0;
            double rate = 0;
            for (int t = 0; t < weights.length; t++) {
                boolean takesPart = step.isLabelled(t);
                lengths[t] = takesPart ? Math.sqrt(Math.max(0, step.gram(t, t))) : 0;
                rates[t] = takesPart ? Math.min(Math.max(0, step.loss(t)) / first.of(t), Double.MAX_VALUE) : 0;
                n += takesPart ? 1 : 0;
                mean += weights[t] * lengths[t];
                rate += rates[t];
            }
            for (int t = 0; t < weights.length; t++) {
                double r = rate > 0 ? rates[t] / (rate / n) : 1;
                double goal = mean / n * Math.min(StrictMath.pow(r, alpha), Double.MAX_VALUE);
                lengths[t] *= step.isLabelled(t) ? Math.signum(weights[t] * lengths[t] - goal) : 0;
            }
        }

        @Override
        public void state(State state) {
            first.state("gradnorm first losses", state);
        }
    }

    @Override
    public String toString() {
        return "gradnorm()"
                + (alpha == DEFAULT_ALPHA ? "" : ".alpha(" + alpha + ")")
                + (baseline == FIRST_EPOCH ? "" : ".baseline(" + baseline + ")")
                + (heads == Heads.UNIT ? "" : ".headsWeighted()");
    }
}
