package org.mtl4j.tensor;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Engine API. Random draws that are the same bits on every JDK: made from {@link RandomGenerator#nextLong} alone, since
 * the JDK's own ways to a double, an int below a bound or a Gaussian may change between versions.
 */
public final class Draws {

    private static final String ALGORITHM = "L64X128MixRandom";

    private Draws() {}

    /** The generator that all of mtl4j draws from: L64X128MixRandom (LXM, Steele and Vigna 2021) of this seed. */
    public static RandomGenerator generator(long seed) {
        return RandomGeneratorFactory.of(ALGORITHM).create(seed);
    }

    /** Uniform in [0, 1). */
    public static double uniform(RandomGenerator random) {
        return (random.nextLong() >>> 11) * 0x1p-53;
    }

    /** Uniform in 0 .. bound - 1. */
    public static int below(int bound, RandomGenerator random) {
        return (int) (uniform(random) * bound);
    }

    /** Shuffles in place (Fisher and Yates). @param order modified. */
    public static void shuffle(int[] order, RandomGenerator random) {
        shuffle(order, order.length, random);
    }

    /** Shuffles the first n numbers in place. @param order modified. */
    public static void shuffle(int[] order, int n, RandomGenerator random) {
        for (int i = n - 1; i > 0; i--) {
            int j = below(i + 1, random);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    /** Uniform in [-bound, bound). @param into [n] from offset on, overwritten. */
    static void uniform(float[] into, int offset, int n, double bound, RandomGenerator random) {
        for (int i = 0; i < n; i++) {
            into[offset + i] = (float) ((2 * uniform(random) - 1) * bound);
        }
    }

    /** Standard normal, by Marsaglia's polar method. */
    public static double normal(RandomGenerator random) {
        return normal(1, random);
    }

    private static double normal(double sd, RandomGenerator random) {
        double u;
        double s;
        do {
            u = 2 * uniform(random) - 1;
            double v = 2 * uniform(random) - 1;
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        return sd * u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
    }

    /** Normal with mean 0. @param into [n] from offset on, overwritten. */
    static void normal(float[] into, int offset, int n, double sd, RandomGenerator random) {
        for (int i = 0; i < n; i++) {
            into[offset + i] = (float) normal(sd, random);
        }
    }
}
