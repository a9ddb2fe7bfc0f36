package org.mtl4j.task;

/**
 * Engine API. How probable each tag of a {@link Crf} is at each position, over all paths: P(y_t = j) = the sum of e^s(z) over the
 * paths z with z_t = j, over that of all paths; s as there. By the forward-backward algorithm that the loss's gradient takes.
 */
public final class Marginals {

    private Marginals() {}

    /**
     * The probabilities of one sequence.
     *
     * @param emissions [.., tags], position t's begin at {@code at[t]}
     * @param at where each position's outputs begin
     * @param own start [tags], A [tags, tags] and end [tags]
     * @param into as the emissions, overwritten at these positions; a position's sum to 1
     */
    public static void of(float[] emissions, int[] at, float[] own, float[] into) {
        int k = (int) Math.round(Math.sqrt(own.length + 1.0)) - 1; // k (k + 2) numbers
        if (at.length == 0) {
            return;
        }
        Labelled sequence = new Labelled()
                .outputs(emissions, into, 0, k, 1)
                .targets(new float[0], 0, at, at.length) // positions alone
                .own(own, own, 0, own.length);
        new CrfKernel(new Crf(Loss.Reduction.MEAN)).marginals(sequence, into);
    }
}
