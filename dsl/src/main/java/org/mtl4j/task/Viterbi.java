package org.mtl4j.task;

/** Engine API. The path of the greatest score in a {@link Crf}, by Viterbi's algorithm (1967). */
public final class Viterbi {

    private Viterbi() {}

    /**
     * The best path; of equal ones the one of lower tags, the last position first.
     *
     * @param emissions [.., tags], position t's begin at {@code at[t]}
     * @param at where each position's outputs begin
     * @param length the positions, at least 1
     * @param own start [tags], A [tags, tags] and end [tags]
     * @param path [length], overwritten
     * @return its score
     */
    public static double decode(float[] emissions, int[] at, int length, float[] own, int[] path) {
        int k = (int) Math.round(Math.sqrt(own.length + 1.0)) - 1; // k (k + 2) numbers
        double[] best = new double[k];
        double[] next = new double[k];
        int[] from = new int[length * k];
        for (int j = 0; j < k; j++) {
            best[j] = (double) own[j] + emissions[at[0] + j];
        }
        for (int t = 1; t < length; t++) {
            for (int j = 0; j < k; j++) {
                int chosen = 0;
                for (int i = 1; i < k; i++) {
                    chosen = best[i] + own[k + i * k + j] > best[chosen] + own[k + chosen * k + j] ? i : chosen;
                }
                from[t * k + j] = chosen;
                next[j] = best[chosen] + own[k + chosen * k + j] + emissions[at[t] + j];
            }
            double[] swapped = best;
            best = next;
            next = swapped;
        }
        int last = 0;
        for (int j = 0; j < k; j++) {
            best[j] += own[k + k * k + j];
            last = best[j] > best[last] ? j : last;
        }
        path[length - 1] = last;
        for (int t = length - 1; t > 0; t--) {
            path[t - 1] = from[t * k + path[t]];
        }
        return best[last];
    }
}
