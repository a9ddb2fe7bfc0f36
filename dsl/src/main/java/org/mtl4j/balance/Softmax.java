package org.mtl4j.balance;

/** Weights from scores. */
final class Softmax {

    private Softmax() {}

    /**
     * total exp(x_i) / sum_j exp(x_j) in place of x_i. A score of negative infinity becomes 0; where every score is that,
     * every weight is 0.
     *
     * @param scores x, none of them positive infinity; overwritten
     */
    static void of(double[] scores, double total) {
        double most = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            most = Math.max(most, score);
        }
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            // shifted by the max: no overflow
            scores[i] = most == Double.NEGATIVE_INFINITY ? 0 : StrictMath.exp(scores[i] - most);
            sum += scores[i];
        }
        for (int i = 0; i < scores.length && sum > 0; i++) {
            scores[i] *= total / sum;
        }
    }
}
