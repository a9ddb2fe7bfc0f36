package org.mtl4j.optimise;

/**
 * The rate down a half cosine again and again (Loshchilov and Hutter 2017, eq. 5): floor + (base - floor)(1 + cos(pi c /
 * T)) / 2 in step c of a cycle of T steps; the cycles take first, first x growth, first x growth^2, .. steps. PyTorch's
 * {@code CosineAnnealingWarmRestarts}.
 *
 * @param first steps of the first cycle
 * @param growth what each cycle is longer by than the last
 * @param floor the lowest rate
 */
public record CosineRestarts(int first, int growth, double floor) implements Schedule {

    public CosineRestarts {
        if (first < 1 || growth < 1 || !(floor >= 0 && floor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "cosineRestarts(%d).growth(%d).floor(%s): steps and growth are at least 1, the floor is a rate of at least 0.%nGive the steps of the first cycle: cosineRestarts(1000).growth(2)."
                            .formatted(first, growth, floor));
        }
    }

    /** Cycles of so many steps, down to 0. */
    public static CosineRestarts of(int steps) {
        return new CosineRestarts(steps, 1, 0);
    }

    /** This schedule with cycles each so many times as long as the last. */
    public CosineRestarts growth(int factor) {
        return new CosineRestarts(first, factor, floor);
    }

    /** This schedule down to another rate. */
    public CosineRestarts floor(double rate) {
        return new CosineRestarts(first, growth, rate);
    }

    @Override
    public double rate(double base, long step, long steps) {
        long within = step;
        long length = first;
        if (growth == 1) {
            within = step % first;
        }
        while (within >= length) {
            within -= length;
            length *= growth;
        }
        return floor + (base - floor) * (1 + StrictMath.cos(StrictMath.PI * (double) within / (double) length)) / 2;
    }

    @Override
    public String toString() {
        return "cosineRestarts(" + first + ")"
                + (growth == 1 ? "" : ".growth(" + growth + ")")
                + (floor == 0 ? "" : ".floor(" + floor + ")");
    }
}
