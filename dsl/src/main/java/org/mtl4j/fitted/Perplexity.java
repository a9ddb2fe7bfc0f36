package org.mtl4j.fitted;

/** e^(the mean negative log-likelihood of the tokens, in nats), at least 1; as many as a fair guess is among. Mutable. */
final class Perplexity {

    private long tokens;
    private double nats;

    /** Adds a token by the probability that was given to it. */
    void add(double probability) {
        tokens++;
        nats -= StrictMath.log(probability);
    }

    /** Adds a token by the logits of all. @param logits [.., k, ..] from {@code at} on */
    void add(double[] logits, int at, int k, int token) {
        double max = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < k; c++) {
            max = Math.max(max, logits[at + c]);
        }
        double sum = 0;
        for (int c = 0; c < k; c++) {
            sum += StrictMath.exp(logits[at + c] - max); // shifted by the max: no overflow
        }
        tokens++;
        nats += max + StrictMath.log(sum) - logits[at + token];
    }

    /** The mean negative log-likelihood; NaN without a token. */
    double meanNats() {
        return nats / tokens;
    }

    double value() {
        return StrictMath.exp(meanNats());
    }
}
