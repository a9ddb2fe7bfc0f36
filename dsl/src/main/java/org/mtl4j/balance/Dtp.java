package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.bytes.State;

/**
 * Dynamic task prioritisation (Guo, Haque, Huang, Yeung and Fei-Fei 2018, Dynamic task prioritization for multitask
 * learning): w_i = -(1 - k_i)^focus log k_i, the focal loss of k_i, in 0 .. 1, which says how well task i does by now. A
 * difficult task counts most.
 *
 * <p>The paper's k_i is a measure such as accuracy, which a balancer does not see. Ours is made of the loss: a moving
 * average, k becomes (1 - smoothing) k + smoothing exp(-L_i), from the first step with labels of the task on. For
 * cross-entropies exp(-L_i) is the geometric mean of the probabilities of the truth; for other losses it is a measure whose
 * unit is the loss's own, so scale them to about 1. k_i is held above {@link #LEAST}, so that no weight exceeds 47, and to at
 * most 1, where the weight is 0. The defaults are ours; the authors have no public code.
 *
 * <p>A task without labels in the batch takes no part: it weighs 0 and its k_i waits. One task alone is weighed by its own
 * progress, which acts as a learning rate.
 *
 * <p>Cost: nothing beyond the losses, one exponential, one power and one logarithm a task.
 *
 * @param focus at least 0; the higher, the less counts a task that does well; 0 is -log k_i alone
 * @param smoothing how much of k_i is the newest, above 0 and at most 1
 */
public record Dtp(double focus, double smoothing) implements Balancer {

    /** The focus where none is given. */
    public static final double DEFAULT_FOCUS = 1;

    /** The smoothing where none is given. */
    public static final double DEFAULT_SMOOTHING = 0.1;

    /** k_i counts as no less. */
    public static final double LEAST = 1e-20;

    public Dtp {
        if (!(focus >= 0 && focus < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "dtp().focus(%s): it is a finite number of at least 0.%nGive 1, or more to turn further from tasks that do well."
                            .formatted(focus));
        }
        if (!(smoothing > 0 && smoothing <= 1)) {
            throw new IllegalArgumentException(
                    "dtp().smoothing(%s): it is a number above 0 and at most 1.%nGive 0.1, or 1 to look at the newest losses alone."
                            .formatted(smoothing));
        }
    }

    /** DTP with a focus of 1. */
    public static Dtp asPublished() {
        return new Dtp(DEFAULT_FOCUS, DEFAULT_SMOOTHING);
    }

    /** This balancer with another focus. */
    public Dtp focus(double gamma) {
        return new Dtp(gamma, smoothing);
    }

    /** This balancer with another share of the newest loss. */
    public Dtp smoothing(double alpha) {
        return new Dtp(focus, alpha);
    }

    @Override
    public Needs needs() {
        return Needs.LOSSES;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new Progress(tasks.size());
    }

    /** Mutable: k; NaN before the first loss of a task. */
    private final class Progress implements Weighting {

        private final double[] k;

        Progress(int tasks) {
            k = new double[tasks];
            Arrays.fill(k, Double.NaN);
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            for (int t = 0; t < weights.length; t++) {
                weights[t] = 0;
                if (step.isLabelled(t)) {
                    double now = StrictMath.exp(-Math.max(step.loss(t), 0));
                    k[t] = Double.isNaN(k[t]) ? now : (1 - smoothing) * k[t] + smoothing * now;
                    double held = Math.max(LEAST, Math.min(k[t], 1));
                    weights[t] = Math.max(-StrictMath.pow(1 - held, focus) * StrictMath.log(held), 0); // no -0
                }
            }
        }

        @Override
        public void state(State state) {
            state.reals("dtp progress", k);
        }
    }

    @Override
    public String toString() {
        return "dtp()"
                + (focus == DEFAULT_FOCUS ? "" : ".focus(" + focus + ")")
                + (smoothing == DEFAULT_SMOOTHING ? "" : ".smoothing(" + smoothing + ")");
    }
}
