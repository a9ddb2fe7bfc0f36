package org.mtl4j.balance;

import java.util.List;
import java.util.Map;
import org.mtl4j.bytes.State;
import org.mtl4j.task.Task;

/**
 * The Nash bargaining solution (Navon et al. 2022, algorithm 1): the update d = sum_i a_i g_i with a &gt; 0 and G a = 1 / a,
 * element by element, which is where sum_i log(g_i . d) is greatest over a ball. Every task gets a_i (g_i . d) = 1: none is
 * conflicted with, and the lengths of the gradients do not matter, ||d||^2 being the number of tasks. The weights reach the
 * heads too, as in the paper's code.
 *
 * <p>The solution is exact up to rounding: in closed form for two tasks, a_i = 1 / (||g_i|| sqrt(1 + cosine)), else by
 * Newton's method. (The official code and its copies in LibMTL and TorchJD stop after 20 linearised programs, 1.5 to 43
 * times off where lengths are unlike, and fail on one task.)
 *
 * <p>{@link #every} keeps the weights for so many steps, {@code update_weights_every} there. {@link #maxNorm} scales all
 * weights down so that ||d|| is at most that, as in TorchJD; the official code and LibMTL clip the shared gradient alone, to 1
 * unless told otherwise. The paper has no such limit, and none is the default here.
 *
 * <p>Powers p, given by {@link #with}, make the bargain an asymmetric one, that of AuxiNash (Shamsian et al. 2023, Auxiliary
 * learning as an asymmetric bargaining game, arXiv 2301.13501) at powers that do not move: G a = p / a, where sum_i p_i log(g_i .
 * d) is greatest, so that task i gets a_i (g_i . d) = p_i. As in its code they are scaled to a mean of 1 and held above {@code
 * 1e-4}. {@link AuxiNash} learns them.
 *
 * <p>Where the gradients can cancel (opposite ones; a sum of them with positive factors is zero) there is no solution: the
 * weights are those of the step before, at first 1, as in the official code. So are the weights of a task without labels in
 * the batch and of one whose gradient is zero, which take no part. Duplicate gradients get equal weights; one task gets 1 /
 * ||g||.
 *
 * <p>Cost: one backward signal per task and the Gram, in one pass, where weights are new or {@link #maxNorm} is given; then about 5 to 10 Newton steps of T^3 / 6 products, 3
 * T^2 numbers of memory.
 *
 * @param every the steps for which weights are kept, at least 1
 * @param maxNorm the longest update; 0 for no limit
 * @param powers how much each task's gain counts, by task name: of every task, or of none; finite, at least 0, not all 0
 */
public record NashMtl(int every, double maxNorm, Map<String, Double> powers) implements Balancer {

    /** In place of a longest update: none. */
    public static final double NO_LIMIT = 0;

    public NashMtl {
        if (every < 1) {
            throw new IllegalArgumentException(
                    "nashMtl().every(%d): it is a number of steps, at least 1.%nGive the steps to keep weights for, or leave every(..) out for new ones in each step."
                            .formatted(every));
        }
        if (!(maxNorm >= NO_LIMIT && maxNorm < Double.POSITIVE_INFINITY)) {
            throw badNorm(maxNorm);
        }
        powers = preferred(powers).numbers();
    }

    private static Preferred preferred(Map<String, Double> powers) {
        return new Preferred("nashMtl()", powers);
    }

    private static IllegalArgumentException badNorm(double norm) {
        return new IllegalArgumentException(
                "nashMtl().maxNorm(%s): it is a finite length above 0.%nGive the official code's 1, or leave maxNorm(..) out for no limit."
                        .formatted(norm));
    }

    /** Nash-MTL as published: new weights in each step, no limit. */
    public static NashMtl asPublished() {
        return new NashMtl(1, NO_LIMIT, Map.of());
    }

    /** This balancer with weights that are kept for so many steps. */
    @Override
    public NashMtl every(int steps) {
        return new NashMtl(steps, maxNorm, powers);
    }

    /** This balancer with updates of the shared parameters of at most this length. */
    public NashMtl maxNorm(double length) {
        if (!(length > NO_LIMIT)) {
            throw badNorm(length);
        }
        return new NashMtl(every, length, powers);
    }

    /** This balancer with the bargaining power of one more task; give every task one. */
    public NashMtl with(Task<?> task, double power) {
        return with(task.name(), power);
    }

    /** This balancer with the bargaining power of one more task, by task name. */
    public NashMtl with(String task, double power) {
        return new NashMtl(every, maxNorm, preferred(powers).with(task, power));
    }

    @Override
    public NashMtl restrictTo(List<String> tasks) {
        return new NashMtl(every, maxNorm, preferred(powers).restrictTo(tasks));
    }

    @Override
    public Needs needs() {
        return Needs.GRAM;
    }

    @Override
    public Heads heads() {
        return Heads.WEIGHTED;
    }

    @Override
    public Weighting start(List<String> tasks) {
        double[] p = preferred(powers).of(tasks, 1);
        BargainingPowers.normalise(p);
        return new Bargaining(p);
    }

    /** Mutable: the weights of the last solution, and how often they were used. */
    private final class Bargaining implements Weighting {

        private final double[] p;
        private final Bargain bargain;
        private long uses;

        Bargaining(double[] p) {
            this.p = p;
            bargain = new Bargain(p.length);
        }

        @Override
        public boolean readsGradients(WeighingStep step) {
            return maxNorm != NO_LIMIT || uses % every == 0;
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            if (uses++ % every == 0) {
                bargain.solve(step, p);
            }
            bargain.write(step, maxNorm, weights);
        }

        @Override
        public long iterations() {
            return bargain.iterations();
        }

        @Override
        public void state(State state) {
            uses = state.number("nash uses", uses);
            bargain.state(state);
        }
    }

    @Override
    public String toString() {
        return "nashMtl()"
                + preferred(powers).withers()
                + (every == 1 ? "" : ".every(" + every + ")")
                + (maxNorm == NO_LIMIT ? "" : ".maxNorm(" + maxNorm + ")");
    }
}
