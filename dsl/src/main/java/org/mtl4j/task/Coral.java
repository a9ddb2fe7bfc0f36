package org.mtl4j.task;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Consistent rank logits for K ordered classes, in nats: one score s a row and K - 1 biases b_k that the loss owns; the
 * log-odds that the class lies above the k-th are s + b_k, and the loss is -sum_k l_k (log s(s + b_k) [y &gt; k] + log(1 -
 * s(s + b_k)) [y &lt;= k]), s() the sigmoid (Cao, Mirjalili and Raschka 2020, Rank consistent ordinal regression for neural
 * networks, eq. 4).
 *
 * <p>The mean is over the rows. The biases begin at 1, (K - 2) / (K - 1), ..., 1 / (K - 1), as in the authors' coral-pytorch;
 * those that minimise the loss fall with k too (their theorem 1). The head's own bias is added to all of them and changes
 * nothing.
 *
 * @param importance l, one factor per step between two classes; empty for all 1
 */
public record Coral(List<Double> importance) implements Loss {

    public Coral {
        importance = List.copyOf(importance);
        for (double factor : importance) {
            if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "importance(%s): %s is not a finite number of at least 0.%nGive one factor per step between two classes, in their order."
                                .formatted(words(importance), factor));
            }
        }
    }

    /** This loss with one factor per step between two classes, in their order. */
    public Coral importance(double... factors) {
        return new Coral(Arrays.stream(factors).boxed().toList());
    }

    /** Where the biases begin; none before the classes are known. */
    static float[] initial(int classes) {
        float[] biases = new float[Math.max(0, classes - 1)];
        for (int k = 0; k < biases.length; k++) {
            biases[k] = (float) (biases.length - k) / biases.length;
        }
        return biases;
    }

    private static String words(List<Double> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return "coral()" + (importance.isEmpty() ? "" : ".importance(" + words(importance) + ")");
    }
}
