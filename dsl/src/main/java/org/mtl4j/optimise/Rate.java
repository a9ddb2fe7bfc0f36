package org.mtl4j.optimise;

/**
 * A base rate for a group of parameters, and where given its weight decay.
 *
 * @param rate the base rate
 * @param weightDecay the weight decay; {@link #OPTIMISERS} for that of the optimiser
 */
public record Rate(double rate, double weightDecay) {

    /** In place of a weight decay: that of the optimiser. */
    public static final double OPTIMISERS = Double.NaN;

    public Rate {
        Settings.requireRate(rate);
        if (!Double.isNaN(weightDecay)) {
            Settings.requireDecay(weightDecay);
        }
    }

    /** This rate, with the optimiser's weight decay. */
    public static Rate of(double rate) {
        return new Rate(rate, OPTIMISERS);
    }

    /** This rate with this weight decay. */
    public Rate weightDecay(double factor) {
        Settings.requireDecay(factor);
        return new Rate(rate, factor);
    }

    @Override
    public String toString() {
        return "rate(" + rate + ")" + (Double.isNaN(weightDecay) ? "" : ".weightDecay(" + weightDecay + ")");
    }
}
