package org.mtl4j.balance;

import java.util.List;

/**
 * Impartial multi-task learning, both halves (Liu, Li, Kuang, Xue, Chen, Yang, Liao and Zhang 2021, Towards impartial
 * multi-task learning; as in LibMTL): the losses are scaled to one size by {@link ImtlL}, exp(s_i) L_i - s_i with trained s_i,
 * and the gradients of the scaled losses are weighed by {@link ImtlG}, so that the update projects alike onto all of them. The
 * heads go down the scaled losses: their weight is exp(s_i); that of the shared parameters is exp(s_i) a_i, with a_i those of
 * IMTL-G, which sum to 1. The weights recorded are the latter.
 *
 * <p>IMTL-G answers one direction whatever the scales, so these change the length of the shared update, and the heads.
 * It is {@code imtlL().then(imtlG())}. What happens to a task without labels, to zero, opposite and duplicate gradients
 * and with one task is said there; where LibMTL divides by zero (zero or dependent gradients) the weights are finite.
 *
 * <p>Cost: one backward signal per task and the Gram, in one pass; then the eigenvalues of a T x T matrix, 7 T^2 numbers of
 * memory, and one trained number a task.
 */
public record Imtl() implements Balancer {

    private static final Then HALVES = new Then(new ImtlL(), ImtlG.asPublished());

    @Override
    public Needs needs() {
        return HALVES.needs();
    }

    @Override
    public Heads heads() {
        return HALVES.heads();
    }

    @Override
    public Weighting start(List<String> tasks) {
        return HALVES.start(tasks);
    }

    @Override
    public String toString() {
        return "imtl()";
    }
}
