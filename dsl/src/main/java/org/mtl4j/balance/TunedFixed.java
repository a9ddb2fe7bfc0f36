package org.mtl4j.balance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.mtl4j.tensor.Draws;

/**
 * Fixed weights that are chosen on the validation part, L = sum_i w_i L_i: the control of every method that weighs tasks.
 * Xin et al. 2022 (Do current multi-task optimization methods in deep learning even help?, NeurIPS) found no method
 * beyond what fixed weights reach that are tuned like it; Kurin et al. 2022 (arXiv 2201.04122) found equal weights as good
 * as the methods where both are regularised alike.
 *
 * <p>A search over whole trainings, one for each candidate: its weights are above 0 and sum to the number of tasks T, so
 * that they move what is learned rather than the size of the step. Equal weights are the first candidate, and win a tie.
 *
 * <p>{@link #grid} tries all w_i = T k_i / (n + 1) with whole k_i of at least 1 that sum to n + 1: n candidates for two
 * tasks, n over T - 1 for T, and equal weights where they are none of these. {@link #random} tries n candidates: equal
 * weights, and n - 1 draws that are uniform over all such weights (the Dirichlet distribution of ones), from the seed of
 * the recipe, or the first of a study. Where neither is said, there are as many candidates as there are methods beside it
 * in a study, and at least T + 1: for two tasks on a grid, whose number is rounded up to an odd one, for more at random.
 *
 * <p>The lowest validation criterion of the recipe chooses: the sum of the validation losses, each times the task's own
 * {@code task(..).weight(a)}, or the loss of the task that is watched. A candidate's own weights have no part in it. In a
 * study it is the mean over seeds, and each candidate is trained at each learning rate, as each method is; {@code fit}
 * trains the candidates one after another, and its run is the best of them.
 *
 * <p>A task without labels in a batch contributes 0, as under {@link Fixed}. One task alone has no weights to tune.
 *
 * <p>Cost: a training for each candidate, each without extra passes.
 *
 * @param search which candidates there are
 */
public record TunedFixed(Search search) implements Balancer {

    /** Candidates at most. */
    public static final int MOST = 1000;

    private static final long STREAM = 0x776569676874L;

    /** Which candidates there are. */
    public sealed interface Search {

        /** As many as there are methods beside it, and at least one more than tasks. */
        record Standard() implements Search {
            @Override
            public String toString() {
                return "";
            }
        }

        /**
         * Evenly spaced weights.
         *
         * @param points those of one of two tasks
         */
        record Grid(int points) implements Search {
            public Grid {
                if (points < 2) {
                    throw new IllegalArgumentException(
                            "tunedFixed().grid(%d): a grid has at least 2 points.%nGive the number of weights of one of two tasks: grid(5)."
                                    .formatted(points));
                }
            }

            @Override
            public String toString() {
                return ".grid(" + points + ")";
            }
        }

        /**
         * Random weights.
         *
         * @param candidates their number, with equal weights
         */
        record Random(int candidates) implements Search {
            public Random {
                if (candidates < 2 || candidates > MOST) {
                    throw new IllegalArgumentException(
                            "tunedFixed().random(%d): a search has from 2 to %,d candidates.%nGive the number of trainings to spend: random(12)."
                                    .formatted(candidates, MOST));
                }
            }

            @Override
            public String toString() {
                return ".random(" + candidates + ")";
            }
        }
    }

    /** The search where nothing is said. */
    public static TunedFixed standard() {
        return new TunedFixed(new Search.Standard());
    }

    /** This control with evenly spaced weights. @param points of one of two tasks */
    public TunedFixed grid(int points) {
        return new TunedFixed(new Search.Grid(points));
    }

    /** This control with random weights. @param candidates how many are trained, with equal weights */
    public TunedFixed random(int candidates) {
        return new TunedFixed(new Search.Random(candidates));
    }

    /** Whether it weighs the tasks in another way than by numbers that are fixed before the training. */
    public static boolean isMethod(Balancer balancer) {
        return !(balancer instanceof Equal
                || balancer instanceof Fixed
                || balancer instanceof Importance
                || balancer instanceof ByLabels
                || balancer instanceof TunedFixed);
    }

    /**
     * Engine API. What is tried: equal weights first.
     *
     * @param tasks task names
     * @param methods how many methods stand beside it
     * @param seed what random weights are drawn from
     * @throws IllegalArgumentException if the grid is too coarse or too fine for so many tasks
     */
    public List<Balancer> candidates(List<String> tasks, int methods, long seed) {
        int least = Math.max(tasks.size() + 1, methods);
        List<double[]> shares = new ArrayList<>();
        if (tasks.size() == 1) {
            return List.of(new Equal());
        } else if (search instanceof Search.Grid grid) {
            shares.addAll(lattice(grid.points(), tasks));
        } else if (search instanceof Search.Random random) {
            draw(random.candidates() - 1, tasks.size(), seed, shares);
        } else if (tasks.size() == 2) {
            shares.addAll(lattice(least + 1 - least % 2, tasks));
        } else {
            draw(least - 1, tasks.size(), seed, shares);
        }
        List<Balancer> candidates = new ArrayList<>(List.of(new Equal()));
        shares.stream()
                .filter(each -> Arrays.stream(each).anyMatch(share -> share != each[0]))
                .forEach(each -> candidates.add(fixed(tasks, each)));
        return candidates;
    }

    /** Weights in the proportion of shares, which sum to the number of tasks. */
    private static Fixed fixed(List<String> tasks, double[] shares) {
        double sum = Arrays.stream(shares).sum();
        Map<String, Double> weights = new LinkedHashMap<>();
        for (int t = 0; t < shares.length; t++) {
            weights.put(tasks.get(t), shares.length * shares[t] / sum);
        }
        return new Fixed(weights);
    }

    /** All rows of whole numbers of at least 1, one per task, that sum to points + 1. */
    private static List<double[]> lattice(int points, List<String> tasks) {
        int size = tasks.size();
        if (points < size) {
            throw new IllegalArgumentException(
                    "tunedFixed().grid(%d): so coarse a grid has no other weights for %d tasks than equal ones.%nTake a finer one, grid(%d), or random(%d)."
                            .formatted(points, size, size, size + 1));
        }
        double number = 1; // points over size - 1
        for (int k = 1; k < size; k++) {
            number = number * (points + 1 - k) / k;
        }
        if (number > MOST) {
            throw new IllegalArgumentException(
                    "tunedFixed().grid(%d): it has more than %,d candidates for %d tasks.%nTake a coarser one, or random(%d)."
                            .formatted(points, MOST, size, 10 * size));
        }
        List<double[]> rows = new ArrayList<>();
        fill(new double[size], 0, points + 1, rows);
        return rows;
    }

    /** All ways to fill a row from a task on, so that the rest of it sums to what is left. */
    private static void fill(double[] row, int task, int left, List<double[]> into) {
        int after = row.length - 1 - task;
        if (after == 0) {
            row[task] = left;
            into.add(row.clone());
            return;
        }
        for (int k = 1; k <= left - after; k++) {
            row[task] = k;
            fill(row, task + 1, left - k, into);
        }
    }

    /** Exponential draws, whose proportions are uniform on the simplex. */
    private static void draw(int number, int tasks, long seed, List<double[]> into) {
        RandomGenerator random = Draws.generator(seed ^ STREAM);
        for (int n = 0; n < number; n++) {
            double[] row = new double[tasks];
            for (int t = 0; t < tasks; t++) {
                do {
                    row[t] = -StrictMath.log(1 - Draws.uniform(random));
                } while (row[t] == 0);
            }
            into.add(row);
        }
    }

    @Override
    public Needs needs() {
        return Needs.LOSSES;
    }

    /** @throws IllegalArgumentException always: it chooses between whole trainings, and weighs no step of one */
    @Override
    public Weighting start(List<String> tasks) {
        throw new IllegalArgumentException(
                "%s: it chooses between whole trainings, so it cannot weigh the steps of one.%nGive it to .balance(..) by itself, not inside another balancer."
                        .formatted(this));
    }

    /**
     * Engine API. Fails where a balancer cannot be trained with these tasks, or these weights not be searched.
     *
     * @throws IllegalArgumentException as {@link Balancer#start} does; of tuned weights, if there is but one task, or the grid
     *     is too coarse or too fine
     */
    public static void check(Balancer balancer, List<String> tasks) {
        if (!(balancer instanceof TunedFixed tuned)) {
            balancer.start(tasks);
        } else if (tasks.size() > 1) {
            tuned.candidates(tasks, 0, 0);
        } else {
            throw new IllegalArgumentException(
                    "%s: one task by itself has no weights to tune.%nLeave it out, or learn a second task."
                            .formatted(balancer));
        }
    }

    @Override
    public String toString() {
        return "tunedFixed()" + search;
    }
}
