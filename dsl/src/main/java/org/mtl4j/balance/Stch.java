package org.mtl4j.balance;

import java.util.List;
import org.mtl4j.bytes.State;

/**
 * Smooth Tchebycheff scalarisation as its authors use it for multi-task learning (Lin et al. 2024, Smooth Tchebycheff
 * scalarization for multi-objective optimization, arXiv 2402.19078; their code, which is also LibMTL's): L = mu T log sum_i
 * exp(log(L_i / n_i + e) / mu), a smooth form of T times the largest log(L_i / n_i), with n_i, the nadir, the mean loss of
 * task i in the epoch {@code warmUp} and e = {@link #EPSILON}.
 *
 * <p>Until that epoch is over, L = sum_i log(L_i + e), so that w_i = 1 / (L_i + e). Afterwards w_i = T p_i / (L_i + n_i e)
 * with p the softmax of log(L_i / n_i + e) / mu. So a training of no more epochs than {@code warmUp} + 1 sees the sum of
 * logarithms alone: give {@link #warmUp} what suits. The paper's own formula (eq. 9), with preferences and an ideal point
 * and without logarithms, is {@link Scalariser.SmoothChebyshev}.
 *
 * <p>T counts the tasks with labels in the batch; one without takes no part, weighs 0 and is not in the mean of n_i. A loss
 * below 0 counts as 0; a loss of 0 weighs 1 / e during the warm-up and has a p_i next to 0 after it. Where n_i would not be
 * above {@link Gls#LEAST_LOSS} (no label, or no loss, in all of that epoch) it is 1. With one task the weight is 1 / L_1
 * throughout.
 *
 * <p>Cost: nothing beyond the losses, one logarithm and one exponential a task.
 *
 * @param smoothness mu, above 0; the lower, the more counts the task that is worst off
 * @param warmUp the epoch whose mean losses are the nadir, from 0
 */
public record Stch(double smoothness, int warmUp) implements Balancer {

    /** mu where none is given, as in LibMTL. */
    public static final double DEFAULT_SMOOTHNESS = 1;

    /** The epoch of the nadir where none is given, as in LibMTL. */
    public static final int DEFAULT_WARM_UP = 4;

    /** What is added within a logarithm, as in LibMTL. */
    public static final double EPSILON = 1e-20;

    public Stch {
        if (!(smoothness > 0 && smoothness < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "stch().smoothness(%s): it is a finite number above 0.%nGive 1, or less for more weight on the task that is worst off."
                            .formatted(smoothness));
        }
        if (warmUp < 0) {
            throw new IllegalArgumentException(
                    "stch().warmUp(%d): it is an epoch, from 0.%nGive the epoch whose mean losses the later ones are measured by."
                            .formatted(warmUp));
        }
    }

    /** STCH with the settings of LibMTL. */
    public static Stch asPublished() {
        return new Stch(DEFAULT_SMOOTHNESS, DEFAULT_WARM_UP);
    }

    /** This balancer with another mu. */
    public Stch smoothness(double mu) {
        return new Stch(mu, warmUp);
    }

    /** This balancer with the mean losses of another epoch, from 0, as the nadir. */
    public Stch warmUp(int epoch) {
        return new Stch(smoothness, epoch);
    }

    @Override
    public Needs needs() {
        return Needs.LOSSES;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new Smooth(tasks.size());
    }

    /** Mutable: the losses of the epoch of the nadir. */
    private final class Smooth implements Weighting {

        private final MeanLosses nadir;

        Smooth(int tasks) {
            nadir = new MeanLosses(tasks);
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            if (step.epoch() > warmUp) {
                smooth(step, weights);
                return;
            }
            for (int t = 0; t < weights.length; t++) {
                weights[t] = step.isLabelled(t) ? 1 / (Math.max(step.loss(t), 0) + EPSILON) : 0;
            }
            if (step.epoch() == warmUp) {
                nadir.add(step);
            }
        }

        private void smooth(WeighingStep step, double[] weights) {
            int taking = 0;
            for (int t = 0; t < weights.length; t++) {
                weights[t] = Double.NEGATIVE_INFINITY;
                if (step.isLabelled(t)) {
                    double ratio = Math.max(step.loss(t), 0) / nadir.of(t) + EPSILON;
                    weights[t] = StrictMath.log(Math.min(ratio, Double.MAX_VALUE)) / smoothness;
                    taking++;
                }
            }
            Softmax.of(weights, taking);
            for (int t = 0; t < weights.length; t++) {
                weights[t] /= Math.max(step.loss(t), 0) + nadir.of(t) * EPSILON;
            }
        }

        @Override
        public void state(State state) {
            nadir.state("stch nadir", state);
        }
    }

    @Override
    public String toString() {
        return "stch()"
                + (smoothness == DEFAULT_SMOOTHNESS ? "" : ".smoothness(" + smoothness + ")")
                + (warmUp == DEFAULT_WARM_UP ? "" : ".warmUp(" + warmUp + ")");
    }
}
