package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.bytes.State;

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
 */
public record NashMtl(int every, double maxNorm) implements Balancer {

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
    }

    private static IllegalArgumentException badNorm(double norm) {
        return new IllegalArgumentException(
                "nashMtl().maxNorm(%s): it is a finite length above 0.%nGive the official code's 1, or leave maxNorm(..) out for no limit."
                        .formatted(norm));
    }

    /** Nash-MTL as published: new weights in each step, no limit. */
    public static NashMtl asPublished() {
        return new NashMtl(1, NO_LIMIT);
    }

    /** This balancer with weights that are kept for so many steps. */
    @Override
    public NashMtl every(int steps) {
        return new NashMtl(steps, maxNorm);
    }

    /** This balancer with updates of the shared parameters of at most this length. */
    public NashMtl maxNorm(double length) {
        if (!(length > NO_LIMIT)) {
            throw badNorm(length);
        }
        return new NashMtl(every, length);
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
        return new Bargain(tasks.size());
    }

    /** Mutable: the weights of the last solution, and how often they were used. */
    private final class Bargain implements Weighting {

        private final Labelled labelled;
        private final FairShares solver;
        private final double[] solution;
        private final double[] last;
        private long uses;

        Bargain(int tasks) {
            labelled = new Labelled(tasks);
            solver = new FairShares(tasks);
            solution = new double[tasks];
            last = new double[tasks];
            Arrays.fill(last, 1);
        }

        @Override
        public boolean readsGradients(WeighingStep step) {
            return maxNorm != NO_LIMIT || uses % every == 0;
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            if (uses++ % every == 0) {
                int n = labelled.gatherMoving(step);
                if (solver.solve(labelled.gram(), n, 1, solution)) {
                    labelled.put(solution, last);
                }
            }
            double scale = maxNorm == NO_LIMIT ? 1 : scale(step);
            for (int t = 0; t < weights.length; t++) {
                weights[t] = scale * last[t];
            }
        }

        @Override
        public long iterations() {
            return solver.iterations();
        }

        private double scale(WeighingStep step) {
            double square = 0;
            for (int i = 0; i < last.length; i++) {
                for (int j = 0; j < last.length; j++) {
                    square += last[i] * step.gram(i, j) * last[j];
                }
            }
            return square > maxNorm * maxNorm ? maxNorm / Math.sqrt(square) : 1;
        }

        @Override
        public void state(State state) {
            uses = state.number("nash uses", uses);
            state.reals("nash weights", last);
        }
    }

    @Override
    public String toString() {
        return "nashMtl()"
                + (every == 1 ? "" : ".every(" + every + ")")
                + (maxNorm == NO_LIMIT ? "" : ".maxNorm(" + maxNorm + ")");
    }
}
