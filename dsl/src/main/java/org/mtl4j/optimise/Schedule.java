package org.mtl4j.optimise;

/**
 * The learning rate of each step, from the optimiser's base rate. The catalogue is the list of records below.
 *
 * <p>Steps count from 0; the rate of step t is used by step t.
 */
public sealed interface Schedule {

    /** The base rate throughout. */
    record Constant() implements Schedule {
        @Override
        public double rate(double base, long step, long steps) {
            return base;
        }

        @Override
        public String toString() {
            return "constant()";
        }
    }

    /**
     * base x factor^floor(t / every).
     *
     * @param every steps between two drops
     * @param factor what each drop multiplies the rate by
     */
    record Step(int every, double factor) implements Schedule {
        public Step {
            if (every < 1 || !(factor > 0 && factor <= 1)) {
                throw new IllegalArgumentException(
                        "stepDecay(%d, %s): the first is a positive number of steps, the second lies in (0, 1].%nGive steps and factor: stepDecay(1000, 0.5)."
                                .formatted(every, factor));
            }
        }

        @Override
        public double rate(double base, long step, long steps) {
            return base * StrictMath.pow(factor, (double) Math.floorDiv(step, (long) every));
        }

        @Override
        public String toString() {
            return "stepDecay(" + every + ", " + factor + ")";
        }
    }

    /**
     * floor + (base - floor)(1 + cos(pi t / period)) / 2 (Loshchilov and Hutter 2017, eq. 5); past the period it rises
     * again, as in PyTorch.
     *
     * @param period steps from the base rate to the floor; 0: all steps of the training
     * @param floor the lowest rate
     */
    record Cosine(int period, double floor) implements Schedule {
        public Cosine {
            if (period < 0 || !(floor >= 0 && floor < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "cosine(%d, %s): the first is a number of steps, the second a rate of at least 0.%nGive cosine() for the whole training, or cosine(1000, 1e-5)."
                                .formatted(period, floor));
            }
        }

        @Override
        public double rate(double base, long step, long steps) {
            double length = period == 0 ? (double) Math.max(1, steps) : period;
            return floor + (base - floor) * (1 + StrictMath.cos(StrictMath.PI * (double) step / length)) / 2;
        }

        @Override
        public String toString() {
            return period == 0 && floor == 0 ? "cosine()" : "cosine(" + period + ", " + floor + ")";
        }
    }

    /**
     * Engine API. The rate of a step.
     *
     * @param base the optimiser's rate
     * @param step from 0
     * @param steps steps planned
     */
    double rate(double base, long step, long steps);
}
