package org.mtl4j.balance;

import java.util.List;

/**
 * Auxiliary tasks counted by how far they point where a main one does (Du, Czarnecki, Jayakumar, Farajtabar, Pascanu and
 * Lakshminarayanan 2018, Adapting auxiliary losses using gradient similarity, arXiv 1812.02224, the weighted
 * version): the main task weighs 1 and an auxiliary one max(0, cos(g_i, g_m)), the cosine between its gradient by the shared
 * parameters and the main task's. So the update never points uphill for the main loss, and plain gradient descent comes to its
 * critical points, as they prove.
 *
 * <p>{@link #gated} is their unweighted version: an auxiliary task weighs 1 where the cosine is above 0, else 0; at 0 itself
 * that is as in the implementation in the code of AuxiNash. The heads get weight 1, in that code too: only what is shared
 * is at stake. With several auxiliary tasks each is compared with the main one alone.
 *
 * <p>Where the batch has no labels of the main task or its gradient is zero, there is no cosine and nothing says that an
 * auxiliary task helps: it weighs 0. So does one without labels, with a zero gradient or with one opposite to the main task's;
 * a duplicate weighs 1. One task gets weight 1.
 *
 * <p>Cost: one backward signal per task and the Gram, in one pass; then T square roots.
 *
 * @param main the name of the main task
 * @param form what a cosine becomes
 * @param heads what the heads get: weight 1 unless told otherwise
 */
public record GradientSimilarity(String main, Form form, Heads heads) implements Balancer {

    /** What a cosine becomes. */
    public enum Form {
        /** Itself, or 0 below 0. */
        COSINE,
        /** 1 above 0, else 0. */
        GATE
    }

    public GradientSimilarity {
        task(main);
    }

    private static MainTask task(String main) {
        return new MainTask("gradientSimilarity", main);
    }

    /** The weighted version. */
    public static GradientSimilarity of(String main) {
        return new GradientSimilarity(main, Form.COSINE, Heads.UNIT);
    }

    /** The unweighted version: an auxiliary task counts in full or not at all. */
    public GradientSimilarity gated() {
        return new GradientSimilarity(main, Form.GATE, heads);
    }

    /** This balancer with its weights on the heads too. */
    public GradientSimilarity headsWeighted() {
        return new GradientSimilarity(main, form, Heads.WEIGHTED);
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
            double length = Math.sqrt(step.gram(m, m));
            for (int i = 0; i < weights.length; i++) {
                if (i == m) {
                    weights[i] = step.isLabelled(i) ? 1 : 0;
                } else if (step.gram(i, m) > 0) {
                    double cosine = step.gram(i, m) / length / Math.sqrt(step.gram(i, i));
                    weights[i] = form == Form.GATE ? 1 : Math.min(1, cosine);
                } else {
                    weights[i] = 0;
                }
            }
        };
    }

    @Override
    public String toString() {
        return task(main) + (form == Form.COSINE ? "" : ".gated()") + (heads == Heads.UNIT ? "" : ".headsWeighted()");
    }
}
