package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.bytes.State;
import org.mtl4j.tensor.Rows;

/**
 * Dual balancing (Lin et al. 2023, Dual-balancing for multi-task learning, arXiv 2308.12029; as in LibMTL, which is the
 * authors'): the losses come to one size by their logarithms, and the gradients of these to one length. With u_i = g_i / (L_i +
 * 1e-8) a running mean m_i = u_i + beta_n (m_i - u_i) is kept, beta_n = beta / n^decay in step n = 1, 2, .., at first 0; the
 * update is sum_i (max_j ||m_j|| / (||m_i|| + 1e-8)) m_i. The heads go down log(L_i + 1e-8): their weights, which are those
 * recorded, are 1 / (L_i + 1e-8).
 *
 * <p>The defaults 0.9 and 0 are those that the golden runs of LibMTL were made with; the authors tune both. A task without
 * labels in the batch leaves its mean as it is, which still counts; its weight is 0. A gradient of zero leaves no trace but in
 * its mean. {@link LogLosses} is the first half alone.
 *
 * <p>Cost: the gradients of all tasks by all shared parameters, in one pass; memory for them and for their means, 2 T numbers a
 * parameter.
 *
 * @param beta how much of the mean stays in the first step, in [0, 1)
 * @param decay the power of the step that it falls with, at least 0
 */
public record DbMtl(double beta, double decay) implements Balancer {

    /** How much of the mean stays where nothing is said. */
    public static final double DEFAULT_BETA = 0.9;

    /** The power of the step where none is given: 0, for one beta throughout. */
    public static final double DEFAULT_DECAY = 0;

    private static final double LEAST_LENGTH = 1e-8;

    public DbMtl {
        if (!(beta >= 0 && beta < 1)) {
            throw new IllegalArgumentException(
                    "dbMtl().beta(%s): it is a number of at least 0 and below 1.%nGive 0.9, or less for a mean over fewer steps."
                            .formatted(beta));
        }
        if (!(decay >= 0 && decay < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "dbMtl().decay(%s): it is a finite number of at least 0.%nGive 0 for one beta in all steps, or the power of the step that it falls with."
                            .formatted(decay));
        }
    }

    /** As in LibMTL. */
    public static DbMtl asPublished() {
        return new DbMtl(DEFAULT_BETA, DEFAULT_DECAY);
    }

    /** This balancer with another share of the mean that stays. */
    public DbMtl beta(double share) {
        return new DbMtl(share, decay);
    }

    /** This balancer with a beta that falls with this power of the step. */
    public DbMtl decay(double power) {
        return new DbMtl(beta, power);
    }

    @Override
    public Needs needs() {
        return Needs.GRADIENTS;
    }

    @Override
    public Heads heads() {
        return Heads.WEIGHTED;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new Means(tasks.size());
    }

    /** Mutable: the running means of the gradients of the log losses. */
    private final class Means implements Aggregator {

        private final double[] lengths;
        private float[] means = new float[0];
        private long steps;

        Means(int tasks) {
            lengths = new double[tasks];
        }

        @Override
        public void open(int parameters) {
            means = new float[lengths.length * parameters];
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            for (int t = 0; t < weights.length; t++) {
                weights[t] = step.isLabelled(t) ? LogLosses.slope(step.loss(t)) : 0;
            }
        }

        @Override
        public void aggregate(WeighingStep step, float[] direction) {
            steps++;
            float stays = (float) (beta / StrictMath.pow((double) steps, decay));
            int n = direction.length;
            double longest = 0;
            for (int t = 0; t < lengths.length; t++) {
                if (step.isLabelled(t)) {
                    float scale = (float) ((1 - (double) stays) * LogLosses.slope(step.loss(t)));
                    Rows.scaled(stays, means, t * n, means, t * n, n);
                    Rows.addScaled(scale, step.gradients(), t * n, means, t * n, n);
                }
                lengths[t] = Math.sqrt(Rows.dot(means, t * n, means, t * n, n));
                longest = Math.max(longest, lengths[t]);
            }
            Arrays.fill(direction, 0f);
            for (int t = 0; t < lengths.length; t++) {
                Rows.addScaled((float) (longest / (lengths[t] + LEAST_LENGTH)), means, t * n, direction, 0, n);
            }
        }

        @Override
        public void state(State state) {
            steps = state.number("dbMtl steps", steps);
            state.floats("dbMtl means", means);
        }
    }

    @Override
    public String toString() {
        return "dbMtl()"
                + (beta == DEFAULT_BETA ? "" : ".beta(" + beta + ")")
                + (decay == DEFAULT_DECAY ? "" : ".decay(" + decay + ")");
    }
}
