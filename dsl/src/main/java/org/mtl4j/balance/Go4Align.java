package org.mtl4j.balance;

import java.util.List;
import org.mtl4j.bytes.State;

/**
 * Group optimisation for multi-task alignment (Shen et al. 2024, GO4Align, arXiv 2404.06486; as in the authors' code). Each
 * task has a probability p_i, at first 1 / T, which in each step becomes p_i exp(-rate L_i), divided by their sum; its
 * indicator is u_i = p_i sum_j L_j / L_i. The tasks are parted into groups of like indicators, and each weighs the mean
 * indicator of its group.
 *
 * <p>The groups are those of least squared distance, found exactly, so that they do not depend on chance: the authors' {@code
 * GO4ALIGN} has k-means from random centres, which may stop at worse groups. {@link #spectral} parts the tasks by spectral
 * clustering of the products u_i u_j instead, as their {@code GROUP_sklearn_spectral_clustering_cluster_qr} does. With one
 * group all are the same.
 *
 * <p>The p_i follow the sum of all past losses: a task whose losses stay above the others' falls behind without end, the
 * faster the higher the rate. The sums are over the tasks with labels in the batch; one without takes no part, keeps its p_i
 * beside the others' and weighs 0. A loss that is not above {@link Gls#LEAST_LOSS} counts as that. With one task the weight
 * is 1.
 *
 * <p>Cost: nothing beyond the losses, one exponential a task and groups T^2 operations; T^3 with {@link
 * #spectral}.
 *
 * @param groups at least 1; the authors' code has no default
 * @param rate how fast the p_i change, above 0
 * @param parting how tasks are parted into groups
 */
public record Go4Align(int groups, double rate, Parting parting) implements Balancer {

    /** A way to part tasks into groups. */
    public enum Parting {
        /** The least squared distance of indicators to the means of their groups. */
        K_MEANS,
        /** Spectral clustering of the products of indicators. */
        SPECTRAL
    }

    /** The groups where none are given. */
    public static final int DEFAULT_GROUPS = 2;

    /** The rate where none is given, as in the authors' code. */
    public static final double DEFAULT_RATE = 1e-4;

    public Go4Align {
        if (groups < 1) {
            throw new IllegalArgumentException(
                    "go4align().groups(%d): it is a number of groups, at least 1.%nGive 1 to weigh all tasks alike, or as many as there are kinds of task."
                            .formatted(groups));
        }
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "go4align().rate(%s): it is a finite number above 0.%nGive 0.0001, or more for probabilities that move faster."
                            .formatted(rate));
        }
    }

    /** GO4Align with two groups and the rate of its authors. */
    public static Go4Align asPublished() {
        return new Go4Align(DEFAULT_GROUPS, DEFAULT_RATE, Parting.K_MEANS);
    }

    /** This balancer with another number of groups. */
    public Go4Align groups(int number) {
        return new Go4Align(number, rate, parting);
    }

    /** This balancer with another rate. */
    public Go4Align rate(double r) {
        return new Go4Align(groups, r, parting);
    }

    /** This balancer with groups by spectral clustering. */
    public Go4Align spectral() {
        return new Go4Align(groups, rate, Parting.SPECTRAL);
    }

    @Override
    public Needs needs() {
        return Needs.LOSSES;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new Indicators(tasks.size());
    }

    /** Mutable: the logarithms of the probabilities, up to a number that is the same for all. */
    final class Indicators implements Weighting {

        private final double[] scores;
        private final TaskGroups parted;

        Indicators(int tasks) {
            scores = new double[tasks];
            parted = parting == Parting.SPECTRAL ? new SpectralGroups(groups, tasks) : new LineGroups(groups, tasks);
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            indicators(step, weights);
            parted.meansOf(weights);
            for (int t = 0; t < weights.length; t++) {
                weights[t] = Math.max(weights[t], 0);
            }
        }

        /** Moves the probabilities and writes u; negative infinity for a task that takes no part. */
        void indicators(WeighingStep step, double[] into) {
            double sum = 0;
            double most = Double.NEGATIVE_INFINITY;
            for (int t = 0; t < into.length; t++) {
                if (step.isLabelled(t)) {
                    sum = Math.min(sum + loss(step, t), Double.MAX_VALUE);
                    scores[t] = Math.max(scores[t] - rate * loss(step, t), -Double.MAX_VALUE);
                }
                most = Math.max(most, scores[t]);
            }
            for (int t = 0; t < into.length; t++) {
                scores[t] -= most; // the best at 0: no overflow, however long the training
                into[t] = scores[t];
            }
            Softmax.of(into, 1);
            for (int t = 0; t < into.length; t++) {
                double share = Math.min(sum / loss(step, t), Double.MAX_VALUE);
                into[t] = step.isLabelled(t) ? into[t] * share : Double.NEGATIVE_INFINITY;
            }
        }

        private static double loss(WeighingStep step, int task) {
            return Math.max(step.loss(task), Gls.LEAST_LOSS);
        }

        @Override
        public void state(State state) {
            state.reals("go4align scores", scores);
        }
    }

    @Override
    public String toString() {
        return "go4align()"
                + (groups == DEFAULT_GROUPS ? "" : ".groups(" + groups + ")")
                + (rate == DEFAULT_RATE ? "" : ".rate(" + rate + ")")
                + (parting == Parting.SPECTRAL ? ".spectral()" : "");
    }
}
