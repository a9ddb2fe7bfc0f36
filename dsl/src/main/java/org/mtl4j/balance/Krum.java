package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;

/**
 * Krum (Blanchard, El Mhamdi, Guerraoui and Stainer 2017, Machine learning with adversaries: Byzantine tolerant gradient
 * descent): the gradient that lies closest to its neighbours. Each task has the score s_i = sum_{i -> j} ||g_i -
 * g_j||^2 over its T - byzantine - 2 nearest other gradients g_j, and the update is the gradient with the least score, or the
 * mean of the {@code selected} ones with the least (multi-Krum). With the Gram, ||g_i - g_j||^2 = G_ii + G_jj - 2 G_ij.
 *
 * <p>{@link #plainDistances} sums the distances themselves, as TorchJD does, not their squares as in the paper; the selection
 * may differ. The paper's promise holds for 2 byzantine + 2 &lt; T; like TorchJD, ours asks for T &gt;= byzantine + 3, and with
 * {@code byzantine = 0} takes any T, with one neighbour at least.
 *
 * <p>It was made for the gradients of many workers on one loss, some of which lie. Those of tasks differ without lying: a task
 * apart from the others is never selected and never trained in the shared part, while its head is. It serves as a control.
 *
 * <p>Where the original takes one of equal scores, ours share the places that are left among them, so that a weight goes
 * with its task and not with its place. That is the rule where there is but one neighbour: two that are nearest to each other
 * have one score. A zero gradient counts as any other, and is no update where it is selected; duplicate gradients are at
 * distance 0 and so favoured. A task without labels in the batch takes no part, gets weight 0, and T is the number of the
 * others, of which one neighbour and one selected are left at least. One task gets weight 1.
 *
 * <p>Cost: one backward signal per task and the Gram, in one pass; then T sorts of T numbers, T^2 numbers of memory.
 *
 * @param byzantine how many gradients are taken to be wrong, at least 0
 * @param selected how many gradients the update is the mean of, at least 1
 * @param distances what a score sums
 * @param heads what the heads get: weight 1 unless told otherwise
 */
public record Krum(int byzantine, int selected, Distances distances, Heads heads) implements Balancer {

    /** How many gradients are selected where nothing else is said: Krum itself. */
    public static final int DEFAULT_SELECTED = 1;

    /** What a score sums. */
    public enum Distances {
        /** Squared distances, as in the paper. */
        SQUARED,
        /** Distances, as in TorchJD. */
        PLAIN
    }

    public Krum {
        if (byzantine < 0) {
            throw new IllegalArgumentException(
                    "krum(%d): the number of gradients that are taken to be wrong is at least 0.%nGive 0 if none is, or 1."
                            .formatted(byzantine));
        }
        if (selected < 1) {
            throw new IllegalArgumentException(
                    "krum(%d, %d): it selects a number of gradients, at least 1.%nGive 1 for Krum itself, or more for multi-Krum."
                            .formatted(byzantine, selected));
        }
    }

    /** Krum by squared distances. */
    public static Krum of(int byzantine, int selected) {
        return new Krum(byzantine, selected, Distances.SQUARED, Heads.UNIT);
    }

    /** This balancer with scores that sum distances, as in TorchJD, and not their squares. */
    public Krum plainDistances() {
        return new Krum(byzantine, selected, Distances.PLAIN, heads);
    }

    /** This balancer with its weights on the heads too: one that is not selected is not trained at all in this step. */
    public Krum headsWeighted() {
        return new Krum(byzantine, selected, distances, Heads.WEIGHTED);
    }

    @Override
    public Needs needs() {
        return Needs.GRAM;
    }

    @Override
    public boolean serves(List<String> tasks) {
        return !hasTooFewNeighbours(tasks) && tasks.size() >= selected;
    }

    private boolean hasTooFewNeighbours(List<String> tasks) {
        return byzantine > 0 && tasks.size() < byzantine + 3L;
    }

    @Override
    public Weighting start(List<String> tasks) {
        int n = tasks.size();
        if (hasTooFewNeighbours(tasks)) {
            throw new IllegalArgumentException(
                    "%s: there must be at least byzantine + 3 = %d tasks, and there are %d: %s.%n%s"
                            .formatted(this, byzantine + 3L, n, tasks, remedy(n)));
        }
        if (n < selected) {
            throw new IllegalArgumentException(
                    "%s: it selects %d gradients, and there are %d tasks: %s.%nSelect at most %d."
                            .formatted(this, selected, n, tasks, n));
        }
        return new Selecting(n);
    }

    private static String remedy(int tasks) {
        return tasks > 3 ? "Give at most krum(%d), or add tasks.".formatted(tasks - 3) : "Give krum(0), or add tasks.";
    }

    /** Selects by the Gram of one step after another. */
    private final class Selecting implements Weighting {

        private final Labelled labelled;
        private final double[] others;
        private final double[] scores;
        private final double[] solution;

        Selecting(int tasks) {
            labelled = new Labelled(tasks);
            others = new double[tasks];
            scores = new double[tasks];
            solution = new double[tasks];
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            int n = labelled.gather(step);
            for (int i = 0; i < n; i++) {
                scores[i] = score(i, n);
            }
            int places = Math.min(selected, n);
            for (int i = 0; i < n; i++) {
                int better = 0;
                int equal = 0;
                for (int j = 0; j < n; j++) {
                    better += scores[j] < scores[i] ? 1 : 0;
                    equal += scores[j] == scores[i] ? 1 : 0;
                }
                int left = Math.max(0, Math.min(places - better, equal));
                solution[i] = (double) left / equal / places;
            }
            labelled.spread(solution, weights);
        }

        /** The sum of the distances from gradient i to its nearest others. */
        private double score(int i, int n) {
            double[] gram = labelled.gram();
            int count = 0;
            for (int j = 0; j < n; j++) {
                if (j != i) {
                    double square = Math.max(0, gram[i * n + i] + gram[j * n + j] - 2 * gram[i * n + j]);
                    others[count++] = distances == Distances.SQUARED ? square : Math.sqrt(square);
                }
            }
            Arrays.sort(others, 0, count); // summed from the nearest on: no order of tasks in the last bit
            int nearest = Math.min(count, Math.max(1, n - byzantine - 2));
            double sum = 0;
            for (int k = 0; k < nearest; k++) {
                sum += others[k];
            }
            return sum;
        }
    }

    @Override
    public String toString() {
        return "krum(" + byzantine + (selected == DEFAULT_SELECTED ? "" : ", " + selected) + ")"
                + (distances == Distances.SQUARED ? "" : ".plainDistances()")
                + (heads == Heads.UNIT ? "" : ".headsWeighted()");
    }
}
