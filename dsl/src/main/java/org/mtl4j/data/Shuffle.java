package org.mtl4j.data;

import java.util.SplittableRandom;

/**
 * Draws orders of rows. Built on {@link SplittableRandom#nextLong()} alone, whose values its specification fixes: the
 * same seed gives the same order on every JDK.
 */
final class Shuffle {

    private Shuffle() {}

    /** A generator for one purpose of one seed: purposes with different names draw independently. */
    static SplittableRandom generator(long seed, String purpose) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + purpose.hashCode());
    }

    /** The numbers 0 to n-1 in random order (Fisher-Yates). */
    static int[] order(int n, SplittableRandom random) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        shuffle(order, random);
        return order;
    }

    /** Puts the array in random order. */
    static void shuffle(int[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = below(i + 1, random);
            int kept = values[i];
            values[i] = values[j];
            values[j] = kept;
        }
    }

    /** A number from 0 to bound-1: the upper 32 bits of a draw, scaled; uneven by less than bound / 2^32. */
    static int below(int bound, SplittableRandom random) {
        return (int) (((random.nextLong() >>> 32) * bound) >>> 32);
    }

    /** A number in [0, 1) with 53 random bits. */
    static double unit(SplittableRandom random) {
        return (random.nextLong() >>> 11) * 0x1.0p-53;
    }
}
