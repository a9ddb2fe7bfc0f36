package org.mtl4j.task;

/**
 * A linear-chain conditional random field over the tags of a sequence, in nats: log sum_z e^s(z) - s(y), with s(y) =
 * start[y_1] + sum_t P[t, y_t] + sum_t A[y_t-1, y_t] + end[y_n], P the outputs and start, A and end parameters of the loss's own
 * (Lample et al. 2016, Neural architectures for named entity recognition, section 2.2).
 *
 * <p>The chain of a row runs over its labelled positions, in order. The mean, or the sum, is over the rows. Its own parameters
 * [tags * (tags + 2)] are start [tags], A [tags, tags] from row to column, and end [tags]; they begin at 0, which is a softmax
 * at each position. {@link Viterbi} finds the best path.
 */
public record Crf(Reduction reduction) implements Loss {

    @Override
    public String toString() {
        return "crf()";
    }
}
