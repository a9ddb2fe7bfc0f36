package org.mtl4j.optimise;

/**
 * One cycle (Smith and Topin 2018): the rate rises from base / divFactor to the base rate, which is the highest, and falls
 * to base / divFactor / finalDivFactor. PyTorch's {@code OneCycleLR}, whose {@code max_lr} is the optimiser's rate here.
 *
 * <p>The top is at step pctStart x steps - 1 and the end at steps - 1, both as numbers that need not be whole. In three
 * phases the rate is back at base / divFactor at 2 pctStart x steps - 2. After the end it stays. Momentum is not cycled, as
 * under {@code cycle_momentum=False}.
 *
 * @param steps length; {@link Schedule#WHOLE} for all steps of the training
 * @param pctStart the part of the steps on the way up, in (0, 1)
 * @param divFactor the highest rate over the first
 * @param finalDivFactor the first rate over the last
 * @param anneal the form of the ways up and down
 * @param phases how many ways there are
 */
public record OneCycle(
        int steps, double pctStart, double divFactor, double finalDivFactor, Anneal anneal, Phases phases)
        implements Schedule {

    /** The part of the steps on the way up where none is given, as in PyTorch. */
    public static final double DEFAULT_PCT_START = 0.3;

    /** The highest rate over the first where none is given, as in PyTorch. */
    public static final double DEFAULT_DIV_FACTOR = 25;

    /** The first rate over the last where none is given, as in PyTorch. */
    public static final double DEFAULT_FINAL_DIV_FACTOR = 1e4;

    /** The form of a way between two rates. */
    public enum Anneal {
        /** Half a cosine. */
        COSINE,
        /** A line. */
        LINEAR;

        private double between(double from, double to, double part) {
            return this == LINEAR
                    ? from + (to - from) * part
                    : to + (from - to) / 2 * (1 + StrictMath.cos(StrictMath.PI * part));
        }
    }

    /** How many ways there are. */
    public enum Phases {
        /** Up, and down to the last rate. */
        TWO,
        /** Up, down to the first rate, and down to the last: the paper's. */
        THREE
    }

    public OneCycle {
        if (steps < 0 || !(pctStart > 0 && pctStart < 1) || !(divFactor >= 1 && finalDivFactor >= 1)) {
            throw new IllegalArgumentException(
                    "oneCycle().steps(%d).pctStart(%s).divFactor(%s).finalDivFactor(%s): pctStart lies in (0, 1), the factors are at least 1.%nGive oneCycle() for PyTorch's values over the whole training."
                            .formatted(steps, pctStart, divFactor, finalDivFactor));
        }
        if (phases == Phases.THREE && pctStart > 0.5) {
            throw new IllegalArgumentException(
                    "oneCycle().pctStart(%s).threePhase(): the way up and the same way down take more than the whole.%nGive a pctStart of at most 0.5."
                            .formatted(pctStart));
        }
    }

    /** One cycle over the whole training with PyTorch's defaults. */
    public static OneCycle whole() {
        return new OneCycle(
                WHOLE, DEFAULT_PCT_START, DEFAULT_DIV_FACTOR, DEFAULT_FINAL_DIV_FACTOR, Anneal.COSINE, Phases.TWO);
    }

    /** This cycle over so many steps. */
    public OneCycle steps(int number) {
        return new OneCycle(number, pctStart, divFactor, finalDivFactor, anneal, phases);
    }

    /** This cycle with another part of its steps on the way up. */
    public OneCycle pctStart(double part) {
        return new OneCycle(steps, part, divFactor, finalDivFactor, anneal, phases);
    }

    /** This cycle with another first rate: the highest over this. */
    public OneCycle divFactor(double factor) {
        return new OneCycle(steps, pctStart, factor, finalDivFactor, anneal, phases);
    }

    /** This cycle with another last rate: the first over this. */
    public OneCycle finalDivFactor(double factor) {
        return new OneCycle(steps, pctStart, divFactor, factor, anneal, phases);
    }

    /** This cycle in lines. */
    public OneCycle linear() {
        return new OneCycle(steps, pctStart, divFactor, finalDivFactor, Anneal.LINEAR, phases);
    }

    /** This cycle in three phases, as in the paper. */
    public OneCycle threePhase() {
        return new OneCycle(steps, pctStart, divFactor, finalDivFactor, anneal, Phases.THREE);
    }

    @Override
    public double rate(double base, long step, long all) {
        double total = steps == WHOLE ? (double) Math.max(1, all) : steps;
        double first = base / divFactor;
        double last = first / finalDivFactor;
        double top = pctStart * total - 1;
        double t = Math.min((double) step, total - 1);
        if (t <= top) {
            return between(first, base, 0, top, t);
        }
        if (phases == Phases.TWO) {
            return between(base, last, top, total - 1, t);
        }
        double back = 2 * pctStart * total - 2;
        return t <= back ? between(base, first, top, back, t) : between(first, last, back, total - 1, t);
    }

    /** The rate at t between from at start and to at end; to where there is no way between. */
    private double between(double from, double to, double start, double end, double t) {
        return end <= start ? to : anneal.between(from, to, (t - start) / (end - start));
    }

    @Override
    public String toString() {
        return "oneCycle()"
                + (steps == WHOLE ? "" : ".steps(" + steps + ")")
                + (pctStart == DEFAULT_PCT_START ? "" : ".pctStart(" + pctStart + ")")
                + (divFactor == DEFAULT_DIV_FACTOR ? "" : ".divFactor(" + divFactor + ")")
                + (finalDivFactor == DEFAULT_FINAL_DIV_FACTOR ? "" : ".finalDivFactor(" + finalDivFactor + ")")
                + (anneal == Anneal.COSINE ? "" : ".linear()")
                + (phases == Phases.TWO ? "" : ".threePhase()");
    }
}
