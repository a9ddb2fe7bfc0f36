package org.mtl4j.balance;

import java.util.List;
import org.mtl4j.bytes.State;

/**
 * Tasks that conflict are trained in turn (Patapati 2025, SON-GOKU, Graph coloring for multi-task learning, arXiv 2509.16959):
 * two tasks are joined by an edge where the cosine between their smoothed gradients is below -threshold, the graph is coloured
 * greedily, tasks with more edges first (Welsh and Powell), and each step trains the tasks of one colour with weight 1, one
 * colour after the other. After {@code refresh} steps the colours are made anew,
 * as soon as the last of them has had its turn; at first all tasks have one.
 *
 * <p>The numbers of the authors' code are the defaults: a threshold of 0.25, 32 steps, and running means that keep 0.9. There the
 * means are of the gradients themselves, T numbers a parameter, and only the tasks that are trained move theirs. Ours are of the
 * Gram: the cosine of tasks i and j is that of the running means of g_i . g_j, ||g_i||^2 and ||g_j||^2 over the steps in which
 * both have labels. So every step counts for every pair, but noise in the gradients makes a cosine smaller than that of their
 * means would be, the more the smaller the batch: a lower threshold finds the same edges. Of the authors' code, a threshold that
 * falls over time and tasks that take more than one turn are left out.
 *
 * <p>Weights are 1 or 0 and reach the heads too: a task whose turn it is not is not trained at all. Tasks with as many edges are
 * coloured in the order of the recipe. A task without labels in the batch has a factor on a loss of 0; if no task of the colour
 * has any, the step trains nothing. A zero gradient has a cosine of 0 with all. Opposite gradients take turns, duplicate ones
 * share them. One task is trained in each step.
 *
 * <p>Cost: one backward signal per task and the Gram, in one pass; 2 T^2 numbers of memory, in checkpoints too.
 *
 * @param threshold how far below 0 the cosine of tasks in conflict lies, from 0 to 1
 * @param refresh the steps until new colours, at least 1
 * @param smoothing what the running means keep, at least 0 and below 1
 */
public record ConflictGraph(double threshold, int refresh, double smoothing) implements Balancer {

    /** How far below 0 a cosine must lie where nothing else is said, as in the authors' code. */
    public static final double DEFAULT_THRESHOLD = 0.25;

    /** The steps until new colours where nothing else is said, as in the authors' code. */
    public static final int DEFAULT_REFRESH = 32;

    /** What the running means keep where nothing else is said, as in the authors' code. */
    public static final double DEFAULT_SMOOTHING = 0.9;

    public ConflictGraph {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException(
                    "conflictGraph().threshold(%s): it is a number from 0 to 1.%nGive %s for conflict below a cosine of -%s, or 0 for any below 0."
                            .formatted(threshold, DEFAULT_THRESHOLD, DEFAULT_THRESHOLD));
        }
        if (refresh < 1) {
            throw new IllegalArgumentException(
                    "conflictGraph().refresh(%d): it is a number of steps, at least 1.%nGive %d, or more for colours that stay longer."
                            .formatted(refresh, DEFAULT_REFRESH));
        }
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException(
                    "conflictGraph().smoothing(%s): it is a number from 0 to below 1.%nGive 0 to look at the last step alone, or %s."
                            .formatted(smoothing, DEFAULT_SMOOTHING));
        }
    }

    /** Colours with the numbers of the authors' code. */
    public static ConflictGraph asPublished() {
        return new ConflictGraph(DEFAULT_THRESHOLD, DEFAULT_REFRESH, DEFAULT_SMOOTHING);
    }

    /** This balancer with another bound for conflict: a cosine below -this. */
    public ConflictGraph threshold(double below) {
        return new ConflictGraph(below, refresh, smoothing);
    }

    /** This balancer with new colours every so many steps. */
    public ConflictGraph refresh(int steps) {
        return new ConflictGraph(threshold, steps, smoothing);
    }

    /** This balancer with running means that keep this share. */
    public ConflictGraph smoothing(double share) {
        return new ConflictGraph(threshold, refresh, share);
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
        return new Turns(tasks.size());
    }

    /** Mutable: the running means, the colours, and whose turn it is. */
    final class Turns implements Weighting {

        private final int tasks;
        private final Colours colours;
        private final boolean[] edges;
        /** [tasks * tasks]: the running mean of g_i . g_j. */
        private final double[] products;
        /** [tasks * tasks]: the running mean of ||g_i||^2 over the steps in which j has labels too. */
        private final double[] squares;

        /** Since there are these colours. */
        private long steps;

        private long turn;

        Turns(int tasks) {
            this.tasks = tasks;
            colours = new Colours(tasks);
            edges = new boolean[tasks * tasks];
            products = new double[tasks * tasks];
            squares = new double[tasks * tasks];
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            for (int t = 0; t < tasks; t++) {
                weights[t] = colours.of(t) == turn ? 1 : 0;
            }
            hearGram(step);
            steps++;
            turn = (turn + 1) % colours.size();
            if (steps >= refresh && turn == 0) {
                join();
                colours.colour(edges);
                steps = 0;
            }
        }

        private void hearGram(WeighingStep step) {
            for (int i = 0; i < tasks; i++) {
                for (int j = 0; j < tasks && step.isLabelled(i); j++) {
                    if (step.isLabelled(j)) {
                        int at = i * tasks + j;
                        products[at] = smoothing * products[at] + (1 - smoothing) * step.gram(i, j);
                        squares[at] = smoothing * squares[at] + (1 - smoothing) * step.gram(i, i);
                    }
                }
            }
        }

        private void join() {
            for (int i = 0; i < tasks; i++) {
                for (int j = 0; j < tasks; j++) {
                    edges[i * tasks + j] = i != j && cosine(i, j) < -threshold;
                }
            }
        }

        /** The cosine of the running means; 0 where there is none. */
        private double cosine(int i, int j) {
            double lengths = Math.sqrt(squares[i * tasks + j]) * Math.sqrt(squares[j * tasks + i]);
            return lengths > 0 ? products[i * tasks + j] / lengths : 0;
        }

        /** The colour of a task. */
        int colour(int task) {
            return colours.of(task);
        }

        @Override
        public void state(State state) {
            steps = state.number("conflictGraph steps", steps);
            turn = state.number("conflictGraph turn", turn);
            state.reals("conflictGraph products", products);
            state.reals("conflictGraph squares", squares);
            colours.state(state);
        }
    }

    @Override
    public String toString() {
        return "conflictGraph()"
                + (threshold == DEFAULT_THRESHOLD ? "" : ".threshold(" + threshold + ")")
                + (refresh == DEFAULT_REFRESH ? "" : ".refresh(" + refresh + ")")
                + (smoothing == DEFAULT_SMOOTHING ? "" : ".smoothing(" + smoothing + ")");
    }
}
