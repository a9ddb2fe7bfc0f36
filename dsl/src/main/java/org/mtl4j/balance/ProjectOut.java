package org.mtl4j.balance;

import java.util.List;

/**
 * Auxiliary tasks that do not stand in the way of a main one: an auxiliary gradient g_i that conflicts with the gradient g_m of
 * the main task, g_i . g_m &lt; 0, loses its component along it and becomes g_i - (g_i . g_m / ||g_m||^2) g_m; the others and g_m
 * stay as they are, and the update is the sum. It is the projection of {@link PcGrad} (Yu et al. 2020, algorithm 1), towards one
 * task only: auxiliary tasks are not projected onto each other, nothing is drawn, and the order of tasks does not matter.
 *
 * <p>So the update u has u . g_m &gt;= ||g_m||^2: in a small enough step, the auxiliary tasks never slow the main one down. In
 * weights: 1 for each auxiliary task, and 1 - sum_{i in conflict} g_i . g_m / ||g_m||^2, which is at least 1, for the main one.
 * {@link GradientSimilarity} drops an auxiliary gradient in conflict instead.
 *
 * <p>Where the batch has no labels of the main task or its gradient is zero, there is nothing to project on, and the auxiliary
 * gradients pass whole. A task without labels gets weight 0. Of an opposite auxiliary gradient nothing is left; a duplicate one
 * passes. One task gets weight 1.
 *
 * <p>Cost: one backward signal per task and the Gram, in one pass; then T products.
 *
 * @param main the name of the main task
 * @param heads what the heads get: weight 1 unless told otherwise
 */
public record ProjectOut(String main, Heads heads) implements Balancer {

    public ProjectOut {
        task(main);
    }

    private static MainTask task(String main) {
        return new MainTask("projectOut", main);
    }

    /** This projection, with heads that get weight 1. */
    public static ProjectOut of(String main) {
        return new ProjectOut(main, Heads.UNIT);
    }

    /** This balancer with its weights on the heads too. */
    public ProjectOut headsWeighted() {
        return new ProjectOut(main, Heads.WEIGHTED);
    }

    @Override
    public Needs needs() {
        return Needs.GRAM;
    }

    @Override
    public boolean serves(List<String> tasks) {
        return tasks.contains(main);
    }

    @Override
    public Weighting start(List<String> tasks) {
        int m = task(main).in(tasks);
        return (step, weights) -> {
            double square = step.gram(m, m);
            double removed = 0;
            for (int i = 0; i < weights.length; i++) {
                weights[i] = step.isLabelled(i) ? 1 : 0;
                if (square > 0 && step.gram(i, m) < 0) {
                    removed += step.gram(i, m) / square;
                }
            }
            weights[m] -= removed;
        };
    }

    @Override
    public String toString() {
        return task(main) + (heads == Heads.UNIT ? "" : ".headsWeighted()");
    }
}
