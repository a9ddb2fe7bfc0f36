package org.mtl4j.task;

/**
 * Margin ranking over the pairs of the batch whose targets differ: max(0, margin - (s_i - s_j)) for y_i &gt; y_j, the mean
 * over the pairs (PyTorch's margin_ranking_loss with the pairs formed here).
 *
 * <p>Where a row's target has a second number, only rows of which it is equal are paired: the group. A batch without such a
 * pair has loss 0.
 *
 * @param margin by how much the better row's score is to lead, at least 0
 */
public record MarginRanking(double margin) implements Loss {

    public MarginRanking {
        if (!(margin >= 0 && margin < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "marginRanking(%s): the margin is a finite number of at least 0.%nGive by how much the better row's score is to lead: marginRanking(1)."
                            .formatted(margin));
        }
    }

    @Override
    public String toString() {
        return "marginRanking(" + margin + ")";
    }
}
