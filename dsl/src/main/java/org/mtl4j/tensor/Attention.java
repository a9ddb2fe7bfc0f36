package org.mtl4j.tensor;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Scaled dot-product attention of several heads (Vaswani et al. 2017, eq. 1 and section 3.2.2), without the products before and
 * after it: queries [length, width], keys and values [other length, width] -> [length, width].
 *
 * <p>Head h takes the features h d .. (h + 1) d - 1 of each, with d = width / heads, and gives softmax(q k^T / sqrt(d)) v in
 * the same place. Keys beyond their row's own length are left out; a row without any gives 0. Where it reads one node for all
 * three, that is [length, 3 width] with queries, keys and values side by side.
 *
 * @param width the features of all heads
 * @param heads their number, which divides the width
 * @param mask which keys a query sees
 */
public record Attention(int width, int heads, Mask mask) implements LayerSpec {

    /** Which keys a query sees, of those within the row's own length. */
    public enum Mask {
        /** All of them. */
        NONE,
        /** Those up to its own place. */
        CAUSAL
    }

    public Attention {
        if (heads < 1 || width < 1 || width % heads != 0) {
            throw new IllegalArgumentException(
                    "Attention of width %d with %d heads: the heads do not divide the width.%nGive a number of heads that does%s."
                            .formatted(width, heads, width < 1 ? "" : ": " + divisors(width)));
        }
    }

    private static String divisors(int width) {
        return IntStream.rangeClosed(1, width)
                .filter(n -> width % n == 0)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return "attention(" + width + ", " + heads + ")" + (mask == Mask.CAUSAL ? ".causal()" : "");
    }
}
