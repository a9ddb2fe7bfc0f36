package org.mtl4j.optimise;

/** Whole powers, which {@code StrictMath.pow} allocates arrays for in each call. */
final class Powers {

    private Powers() {}

    /** base^n by squaring, for n of at least 0: within 2 log2(n) roundings. */
    static double of(double base, long n) {
        double power = 1;
        double square = base;
        for (long left = n; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                power *= square;
            }
            square *= square;
        }
        return power;
    }
}
