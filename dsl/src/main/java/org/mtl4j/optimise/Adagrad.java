package org.mtl4j.optimise;

import java.util.Arrays;
import org.mtl4j.bytes.State;

/**
 * Adagrad (Duchi, Hazan and Singer 2011, section 1.1, with the diagonal of G): S += g^2, theta -= rate / (1 + (t - 1) d)
 * g / (sqrt(S) + eps), t = 1, 2, ..; S begins at 0. Weight decay adds wd theta to g. As PyTorch's {@code Adagrad}.
 *
 * @param settings what all optimisers have
 * @param rateDecay d, PyTorch's lr_decay: 0 for none
 * @param initial what S begins as
 * @param epsilon keeps the division finite
 */
public record Adagrad(Settings settings, double rateDecay, double initial, double epsilon) implements Tuned<Adagrad> {

    /** Eps where none is given, as in PyTorch. */
    public static final double DEFAULT_EPSILON = 1e-10;

    public Adagrad {
        Numbers.atLeastZero("rateDecay", rateDecay);
        Numbers.atLeastZero("initial", initial);
        Numbers.aboveZero("epsilon", epsilon);
    }

    /** Adagrad with PyTorch's defaults. */
    public static Adagrad of(double rate) {
        return new Adagrad(Settings.of(rate), 0, 0, DEFAULT_EPSILON);
    }

    /** This optimiser with a rate that falls as 1 / (1 + (t - 1) d): PyTorch's lr_decay. */
    public Adagrad rateDecay(double d) {
        return new Adagrad(settings, d, initial, epsilon);
    }

    /** This optimiser with sums of squares that begin at this. */
    public Adagrad initial(double sum) {
        return new Adagrad(settings, rateDecay, sum, epsilon);
    }

    /** This optimiser with another eps. */
    public Adagrad epsilon(double eps) {
        return new Adagrad(settings, rateDecay, initial, eps);
    }

    @Override
    public Adagrad with(Settings other) {
        return new Adagrad(other, rateDecay, initial, epsilon);
    }

    @Override
    public Update start(int parameters) {
        return new Running(parameters);
    }

    private final class Running implements Update {
        private final float[] sums;
        private long t;

        Running(int parameters) {
            sums = new float[parameters];
            Arrays.fill(sums, (float) initial);
        }

        @Override
        public void step(float[] values, float[] gradient, double rate) {
            float size = (float) (rate / (1 + (double) t * rateDecay));
            t++;
            float decay = (float) settings.weightDecay();
            float sign = settings.goal().sign();
            float eps = (float) epsilon;
            for (int i = 0; i < values.length; i++) {
                float g = sign * gradient[i] + decay * values[i];
                float sum = sums[i] + g * g;
                sums[i] = sum;
                values[i] -= size * g / ((float) Math.sqrt(sum) + eps);
            }
        }

        @Override
        public void state(State state) {
            t = state.number("Adagrad steps", t);
            state.floats("Adagrad sums", sums);
        }
    }

    @Override
    public String toString() {
        return "adagrad(" + settings.rate() + ")"
                + (rateDecay == 0 ? "" : ".rateDecay(" + rateDecay + ")")
                + (initial == 0 ? "" : ".initial(" + initial + ")")
                + (epsilon == DEFAULT_EPSILON ? "" : ".epsilon(" + epsilon + ")")
                + settings.words();
    }
}
