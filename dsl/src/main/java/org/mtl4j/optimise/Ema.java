package org.mtl4j.optimise;

/**
 * An exponential moving average of the parameters, e = d e + (1 - d) theta after each step (Polyak and Juditsky 1992 in
 * the exponential form of Kingma and Ba 2015, section 7.2; PyTorch's {@code AveragedModel} with {@code get_ema_avg_fn}).
 *
 * @param decay d, in [0, 1); 0 for the parameters themselves
 * @param start how the average begins
 */
public record Ema(double decay, Start start) {

    /** The parameters themselves. */
    public static final Ema NONE = new Ema(0, Start.PARAMETERS);

    /** How an average begins. */
    public enum Start {
        /** As the initial parameters. */
        PARAMETERS,
        /** As the initial parameters, with d_t = min(d, (1 + t) / (10 + t)) in step t = 0, 1, ..: TensorFlow's num_updates. */
        WARMUP,
        /** As 0, and is divided by 1 - d^t: Adam's correction (Kingma and Ba 2015, section 7.2). */
        DEBIASED
    }

    public Ema {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException(
                    "ema(%s): the decay lies in [0, 1).%nGive one such as ema(0.999).".formatted(decay));
        }
    }

    /** An average of this decay that begins as the initial parameters. */
    public static Ema of(double decay) {
        return new Ema(decay, Start.PARAMETERS);
    }

    /** This average with a decay that grows to its own: min(d, (1 + t) / (10 + t)). */
    public Ema warmup() {
        return new Ema(decay, Start.WARMUP);
    }

    /** This average from 0, corrected for it. */
    public Ema debiased() {
        return new Ema(decay, Start.DEBIASED);
    }

    /** Engine API. The running average. @param initial the parameters before the first step; copied. */
    public Average start(float[] initial) {
        return new Average(this, initial);
    }

    String words() {
        return decay == 0 ? "" : start == Start.PARAMETERS ? ".ema(" + decay + ")" : ".ema(" + this + ")";
    }

    @Override
    public String toString() {
        return "ema(" + decay + ")"
                + switch (start) {
                    case PARAMETERS -> "";
                    case WARMUP -> ".warmup()";
                    case DEBIASED -> ".debiased()";
                };
    }
}
