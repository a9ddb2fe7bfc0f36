package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.bytes.State;

/**
 * The asymmetric Nash bargain with powers that learn from a main task (Shamsian et al. 2023, Auxiliary learning as an asymmetric
 * bargaining game, arXiv 2301.13501, AuxiNash; after the authors' code): the weights a solve G a = p / a as those of {@link
 * NashMtl} with powers do, and every {@code learnEvery} steps the powers p, at first 1, are moved down the derivative of the main task's
 * loss on another batch. By the implicit function theorem da/dp = (G + diag(p / a^2))^-1 diag(1 / a), which is exact here; and the
 * derivative by a_i is taken to be -4 &lt;g_i, g_m'&gt;.
 *
 * <p>That is where ours is an approximation of theirs: the paper has -g_m'^T H^-1 g_i, with the Hessian H of the weighted loss,
 * and their code the first four terms of a series for H^-1, sum_k (I - 0.0001 H)^k, which is 4 I as long as the curvature is far
 * below 10,000. Ours is these 4 I: no second derivative is taken. g_m' is the main task's gradient in the next step, on its batch,
 * where theirs come from two further batches. Their code draws them from the training rows too, unless rows are set apart.
 *
 * <p>As there, the derivative by p is clipped to length 1, p moves by momentum 0.9, and is then held above 0.0001 and scaled to a
 * mean of 1. Steps and rate are theirs. {@link #maxNorm} is that of {@link NashMtl}: 1 there, no limit here unless told. The
 * weights reach the heads too.
 *
 * <p>Where there is no solution, weights stay, and no powers are learned from that step; so it is where the next step has no
 * labels of the main task. Tasks without labels or with a zero gradient take no part: their weights and, but for the scaling,
 * powers stay. Of opposite gradients see {@link NashMtl}; duplicate ones have one power and one weight. One task gets 1 / ||g||.
 *
 * <p>Cost: the gradients of all tasks by all shared parameters, in one pass, and Newton steps as for {@code nashMtl()}; every so
 * many steps T products of gradients; memory for the gradients of two steps, 2 T + 1 numbers a parameter, T of them in checkpoints.
 *
 * @param main the name of the main task
 * @param learnEvery the steps between two moves of the powers, at least 1
 * @param rate that of the powers, above 0
 * @param maxNorm the longest update; 0 for no limit
 */
public record AuxiNash(String main, int learnEvery, double rate, double maxNorm) implements Balancer {

    /** The steps between two moves of the powers where nothing else is said, as in the authors' code. */
    public static final int DEFAULT_LEARN_EVERY = 25;

    /** The rate of the powers where none is given, as in the authors' code. */
    public static final double DEFAULT_RATE = 5e-3;

    private static final double MOMENTUM = 0.9;

    /** The terms of the series for the inverse of the Hessian, each taken to be 1. */
    private static final double TERMS = 4;

    public AuxiNash {
        if (learnEvery < 1) {
            throw new IllegalArgumentException(
                    "%s.learnEvery(%d): it is a number of steps, at least 1.%nGive the authors' %d, or fewer for powers that move more often."
                            .formatted(task(main), learnEvery, DEFAULT_LEARN_EVERY));
        }
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s.rate(%s): it is a finite number above 0.%nGive the authors' %s, or more for powers that move faster."
                            .formatted(task(main), rate, DEFAULT_RATE));
        }
        if (!(maxNorm >= NashMtl.NO_LIMIT && maxNorm < Double.POSITIVE_INFINITY)) {
            throw badNorm(main, maxNorm);
        }
    }

    private static IllegalArgumentException badNorm(String main, double norm) {
        return new IllegalArgumentException(
                "%s.maxNorm(%s): it is a finite length above 0.%nGive the authors' 1, or leave maxNorm(..) out for no limit."
                        .formatted(task(main), norm));
    }

    private static MainTask task(String main) {
        return new MainTask("auxiNash", main);
    }

    /** AuxiNash with the numbers of its authors, and no limit to the update. */
    public static AuxiNash of(String main) {
        return new AuxiNash(main, DEFAULT_LEARN_EVERY, DEFAULT_RATE, NashMtl.NO_LIMIT);
    }

    /** This balancer with powers that move every so many steps. */
    public AuxiNash learnEvery(int steps) {
        return new AuxiNash(main, steps, rate, maxNorm);
    }

    /** This balancer with powers that move as fast as this. */
    public AuxiNash rate(double r) {
        return new AuxiNash(main, learnEvery, r, maxNorm);
    }

    /** This balancer with updates of the shared parameters of at most this length. */
    public AuxiNash maxNorm(double length) {
        if (!(length > NashMtl.NO_LIMIT)) {
            throw badNorm(main, length);
        }
        return new AuxiNash(main, learnEvery, rate, length);
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
    public boolean serves(List<String> tasks) {
        return tasks.contains(main);
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new Learning(task(main).in(tasks), tasks.size());
    }

    /** Mutable: the powers and their momentum, the weights, and what the next move of the powers is made from. */
    final class Learning implements Weighting {

        private final int[] mains;
        private final double[] powers;
        private final double[] velocity;
        private final double[] slopes;
        private final Bargain bargain;
        private final BargainSlopes implicit;
        private final LastGradients last;
        private long steps;
        private boolean isDue;

        Learning(int main, int tasks) {
            mains = new int[] {main};
            powers = new double[tasks];
            velocity = new double[tasks];
            slopes = new double[tasks];
            bargain = new Bargain(tasks);
            implicit = new BargainSlopes(tasks);
            last = new LastGradients(tasks);
            Arrays.fill(powers, 1);
        }

        @Override
        public void open(int parameters) {
            last.open(parameters);
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            if (isDue && last.meet(step, mains)) {
                move();
            }
            boolean isSolved = bargain.solve(step, powers);
            bargain.write(step, maxNorm, weights);
            steps++;
            isDue = isSolved && steps % learnEvery == 0;
            if (isDue) {
                last.keep(step);
                implicit.keep(step, powers, bargain);
            }
        }

        private void move() {
            for (int i = 0; i < slopes.length; i++) {
                slopes[i] = -TERMS * last.product(i);
            }
            if (!implicit.byPowers(slopes)) {
                return;
            }
            double length = 0;
            for (double slope : slopes) {
                length = Math.max(length, Math.abs(slope));
            }
            double clip = length > 0 ? clip(length) : 0;
            for (int i = 0; i < slopes.length; i++) {
                velocity[i] = MOMENTUM * velocity[i] + clip * slopes[i];
                powers[i] = Math.max(powers[i] - rate * velocity[i], BargainingPowers.LEAST);
            }
            BargainingPowers.normalise(powers);
        }

        /** What brings the slopes to a length of at most 1. @param most the largest of them, which is above 0 */
        private double clip(double most) {
            double square = 0;
            for (double slope : slopes) {
                square += (slope / most) * (slope / most);
            }
            return Math.min(1, 1 / most / Math.sqrt(square));
        }

        /** The power of a task. */
        double power(int task) {
            return powers[task];
        }

        @Override
        public long iterations() {
            return bargain.iterations();
        }

        @Override
        public void state(State state) {
            steps = state.number("auxiNash steps", steps);
            isDue = state.number("auxiNash due", isDue ? 1 : 0) > 0;
            state.reals("auxiNash powers", powers);
            state.reals("auxiNash velocity", velocity);
            bargain.state(state);
            implicit.state(state);
            last.state(state);
        }
    }

    @Override
    public String toString() {
        return task(main)
                + (learnEvery == DEFAULT_LEARN_EVERY ? "" : ".learnEvery(" + learnEvery + ")")
                + (rate == DEFAULT_RATE ? "" : ".rate(" + rate + ")")
                + (maxNorm == NashMtl.NO_LIMIT ? "" : ".maxNorm(" + maxNorm + ")");
    }
}
