package org.mtl4j.balance;

import java.util.List;
import org.mtl4j.bytes.State;

/**
 * Improvable gap balancing, the first of two forms (Dai, Fei and Lu 2023, Improvable gap balancing for multi-task learning,
 * arXiv 2307.15429, IGBv1; as in the authors' code): L = sum_i v_i log L_i with v = T softmax(L_i / b_i), taken as numbers,
 * and b_i the mean loss of task i in the epoch {@link #base}. A task that has fallen least since then has most left to
 * gain and counts most. So w_i = v_i / (L_i + e) with e = {@link Stch#EPSILON}, which keeps a loss of 0 finite.
 *
 * <p>Until that epoch is over, every v_i is 1. T counts the tasks with labels in the batch; one without takes no part,
 * weighs 0 and is not in the mean of b_i. A loss below 0 counts as 0. Where b_i would not be above {@link Gls#LEAST_LOSS}
 * (no label, or no loss, in all of that epoch) it is 1. With one task the weight is 1 / (L_1 + e). The second form, whose
 * weights a reinforcement learner chooses, is not here.
 *
 * <p>Cost: nothing beyond the losses, one exponential a task.
 *
 * @param base the epoch whose mean losses the later ones are measured by, from 0
 */
public record Igb(int base) implements Balancer {

    /** The epoch where none is given, as in the authors' code. */
    public static final int DEFAULT_BASE = 1;

    public Igb {
        if (base < 0) {
            throw new IllegalArgumentException(
                    "igb().base(%d): it is an epoch, from 0.%nGive the epoch whose mean losses the later ones are measured by."
                            .formatted(base));
        }
    }

    /** IGBv1 with the settings of its authors. */
    public static Igb asPublished() {
        return new Igb(DEFAULT_BASE);
    }

    /** This balancer with the mean losses of another epoch, from 0, to measure by. */
    public Igb base(int epoch) {
        return new Igb(epoch);
    }

    @Override
    public Needs needs() {
        return Needs.LOSSES;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new Gaps(tasks.size());
    }

    /** Mutable: the losses of the base epoch. */
    private final class Gaps implements Weighting {

        private final MeanLosses means;

        Gaps(int tasks) {
            means = new MeanLosses(tasks);
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            if (step.epoch() == base) {
                means.add(step);
            }
            int taking = 0;
            for (int t = 0; t < weights.length; t++) {
                weights[t] = Double.NEGATIVE_INFINITY;
                if (step.isLabelled(t)) {
                    double gap = Math.max(step.loss(t), 0) / means.of(t);
                    weights[t] = step.epoch() > base ? Math.min(gap, Double.MAX_VALUE) : 0;
                    taking++;
                }
            }
            Softmax.of(weights, taking);
            for (int t = 0; t < weights.length; t++) {
                weights[t] /= Math.max(step.loss(t), 0) + Stch.EPSILON;
            }
        }

        @Override
        public void state(State state) {
            means.state("igb base", state);
        }
    }

    @Override
    public String toString() {
        return "igb()" + (base == DEFAULT_BASE ? "" : ".base(" + base + ")");
    }
}
