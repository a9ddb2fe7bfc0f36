package org.mtl4j.optimise;

import org.mtl4j.bytes.State;

/**
 * The rate times a factor whenever the validation criterion has not improved for more than a number of epochs. PyTorch's
 * {@code ReduceLROnPlateau}: an improvement is a criterion below best x (1 - threshold), or best - threshold where that is
 * absolute; after a drop no epoch counts for the length of the cool-down; the rate never falls below the floor.
 *
 * @param factor what a drop multiplies the rate by, in (0, 1)
 * @param patience epochs without an improvement that are borne
 * @param cooldown epochs after a drop that do not count
 * @param floor the lowest rate, PyTorch's min_lr
 * @param improvement what counts as one
 */
public record Plateau(double factor, int patience, int cooldown, double floor, Improvement improvement)
        implements Schedule {

    /** The factor where none is given, as in PyTorch. */
    public static final double DEFAULT_FACTOR = 0.1;

    /** The patience where none is given, as in PyTorch. */
    public static final int DEFAULT_PATIENCE = 10;

    /** A drop by no more than this is none, as in PyTorch. */
    public static final double LEAST_DROP = 1e-8;

    /**
     * What counts as an improvement.
     *
     * @param threshold how much better it is
     * @param measure against what that is measured
     * @param better which way is better
     */
    public record Improvement(double threshold, Measure measure, Better better) {

        /** PyTorch's: by 1e-4 of the best. */
        public static final Improvement DEFAULT = new Improvement(1e-4, Measure.RELATIVE, Better.LOWER);

        public Improvement {
            Numbers.atLeastZero("threshold", threshold);
        }

        /** Whether a criterion improves on the best so far. */
        public boolean holds(double criterion, double best) {
            double sign = better == Better.LOWER ? -1 : 1;
            double bound = measure == Measure.RELATIVE ? best * (1 + sign * threshold) : best + sign * threshold;
            return better == Better.LOWER ? criterion < bound : criterion > bound;
        }
    }

    /** Against what a threshold is measured. */
    public enum Measure {
        /** The best so far. */
        RELATIVE,
        /** 1. */
        ABSOLUTE
    }

    /** Which way is better. A training's criterion is a loss; the other way is for quantities of one's own. */
    public enum Better {
        /** Down. */
        LOWER,
        /** Up. */
        HIGHER
    }

    public Plateau {
        if (!(factor > 0 && factor < 1) || patience < 0 || cooldown < 0) {
            throw new IllegalArgumentException(
                    "plateau().factor(%s).patience(%d).cooldown(%d): the factor lies in (0, 1), the others are numbers of epochs.%nGive such as plateau().factor(0.5).patience(3)."
                            .formatted(factor, patience, cooldown));
        }
        Numbers.atLeastZero("floor", floor);
    }

    /** With PyTorch's defaults. */
    public static Plateau usual() {
        return new Plateau(DEFAULT_FACTOR, DEFAULT_PATIENCE, 0, 0, Improvement.DEFAULT);
    }

    /** This schedule with another factor. */
    public Plateau factor(double other) {
        return new Plateau(other, patience, cooldown, floor, improvement);
    }

    /** This schedule with another patience, in epochs. */
    public Plateau patience(int epochs) {
        return new Plateau(factor, epochs, cooldown, floor, improvement);
    }

    /** This schedule with so many epochs after a drop that do not count. */
    public Plateau cooldown(int epochs) {
        return new Plateau(factor, patience, epochs, floor, improvement);
    }

    /** This schedule with a lowest rate. */
    public Plateau floor(double rate) {
        return new Plateau(factor, patience, cooldown, rate, improvement);
    }

    /** This schedule with an improvement of at least this part of the best criterion so far. */
    public Plateau threshold(double part) {
        return improvement(new Improvement(part, improvement.measure(), improvement.better()));
    }

    /** This schedule with a threshold that is a difference of criteria rather than a part of the best. */
    public Plateau absolute() {
        return improvement(new Improvement(improvement.threshold(), Measure.ABSOLUTE, improvement.better()));
    }

    /** Engine API. This schedule with another notion of an improvement. */
    public Plateau improvement(Improvement other) {
        return new Plateau(factor, patience, cooldown, floor, other);
    }

    /** The base rate: it has heard nothing. */
    @Override
    public double rate(double base, long step, long steps) {
        return base;
    }

    @Override
    public Pace begin() {
        return new Watching();
    }

    /** Mutable: the best criterion, and how long ago it was. */
    private final class Watching implements Pace {
        private double best =
                improvement.better() == Better.LOWER ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        private long bad;
        private long cooling;
        private long drops;

        @Override
        public double rate(double base, long step, long steps) {
            double rate = base;
            for (long drop = 0; drop < drops; drop++) {
                double lower = Math.max(rate * factor, floor);
                if (rate - lower <= LEAST_DROP) {
                    return rate; // nor will any further drop be one
                }
                rate = lower;
            }
            return rate;
        }

        @Override
        public void hear(double criterion) {
            if (improvement.holds(criterion, best)) {
                best = criterion;
                bad = 0;
            } else {
                bad++;
            }
            if (cooling > 0) {
                cooling--;
                bad = 0;
            }
            if (bad > patience) {
                drops++;
                cooling = cooldown;
                bad = 0;
            }
        }

        @Override
        public void state(State state) {
            best = state.real("plateau best", best);
            bad = state.number("plateau epochs without improvement", bad);
            cooling = state.number("plateau epochs to cool down", cooling);
            drops = state.number("plateau drops", drops);
        }
    }

    @Override
    public String toString() {
        return "plateau()"
                + (factor == DEFAULT_FACTOR ? "" : ".factor(" + factor + ")")
                + (patience == DEFAULT_PATIENCE ? "" : ".patience(" + patience + ")")
                + (cooldown == 0 ? "" : ".cooldown(" + cooldown + ")")
                + (floor == 0 ? "" : ".floor(" + floor + ")")
                + (improvement.threshold() == Improvement.DEFAULT.threshold()
                        ? ""
                        : ".threshold(" + improvement.threshold() + ")")
                + (improvement.measure() == Measure.RELATIVE ? "" : ".absolute()");
    }
}
