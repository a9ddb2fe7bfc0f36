package org.mtl4j.optimise;

import org.mtl4j.bytes.State;
import org.mtl4j.tensor.Crew;
import org.mtl4j.tensor.Piecework;

/**
 * Adam (Kingma and Ba 2015, algorithm 1) and AdamW (Loshchilov and Hutter 2019, algorithm 2).
 *
 * <p>m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, theta -= rate / (1 - b1^t) m / (sqrt(v) / sqrt(1 - b2^t) + eps).
 * Weight decay adds wd theta to g (Adam), or multiplies theta by 1 - rate wd first (AdamW). AMSGrad takes the largest v
 * so far. As PyTorch's {@code Adam} and {@code AdamW}: eps stands outside the corrected root.
 *
 * @param settings what all optimisers have
 * @param moments the decay rates of the moments, and eps
 * @param decay how weight decay enters
 * @param variant which second moment divides
 */
public record Adam(Settings settings, Moments moments, Decay decay, Variant variant) implements Tuned<Adam> {

    /** AdamW's weight decay where none is given, as in PyTorch. */
    public static final double DEFAULT_ADAMW_DECAY = 0.01;

    /** Which second moment divides. */
    public enum Variant {
        /** The running one. */
        PLAIN,
        /** The largest so far (Reddi et al. 2018). */
        AMSGRAD
    }

    /** Adam with the paper's defaults. */
    public static Adam of(double rate) {
        return new Adam(Settings.of(rate), Moments.DEFAULT, Decay.COUPLED, Variant.PLAIN);
    }

    /** AdamW with the paper's defaults and {@link #DEFAULT_ADAMW_DECAY}. */
    public static Adam decoupled(double rate) {
        Settings settings = Settings.of(rate).weightDecay(DEFAULT_ADAMW_DECAY);
        return new Adam(settings, Moments.DEFAULT, Decay.DECOUPLED, Variant.PLAIN);
    }

    /** This optimiser with other decay rates of the moments. */
    public Adam betas(double beta1, double beta2) {
        return new Adam(settings, moments.betas(beta1, beta2), decay, variant);
    }

    /** This optimiser with another eps. */
    public Adam epsilon(double epsilon) {
        return new Adam(settings, moments.epsilon(epsilon), decay, variant);
    }

    /** This optimiser with the largest second moment so far. */
    public Adam amsgrad() {
        return new Adam(settings, moments, decay, Variant.AMSGRAD);
    }

    @Override
    public Adam with(Settings other) {
        return new Adam(other, moments, decay, variant);
    }

    @Override
    public Update start(int parameters) {
        return new Running(parameters);
    }

    /** Mutable. Numbers are moved one by one, in pieces on several threads where there are many. */
    private final class Running implements Update, Piecework {
        private final float[] m;
        private final float[] v;
        private final float[] largest;
        private final float b1 = (float) moments.beta1();
        private final float b2 = (float) moments.beta2();
        private final float a1 = (float) (1 - moments.beta1());
        private final float a2 = (float) (1 - moments.beta2());
        private final float eps = (float) moments.epsilon();
        private int t;

        // of the step at work
        private float[] values = new float[0];
        private float[] gradient = new float[0];
        private float shrink;
        private float coupled;
        private float sign;
        private float size;
        private float root;

        Running(int parameters) {
            m = new float[parameters];
            v = new float[parameters];
            largest = new float[variant == Variant.AMSGRAD ? parameters : 0];
        }

        @Override
        public void step(float[] all, float[] allGradients, double rate) {
            t++;
            values = all;
            gradient = allGradients;
            shrink = decay.shrink(settings, rate);
            coupled = decay.coupled(settings);
            sign = settings.goal().sign();
            size = (float) (rate / (1 - Powers.of(moments.beta1(), t)));
            root = (float) (1 / StrictMath.sqrt(1 - Powers.of(moments.beta2(), t)));
            Crew.share(this, all.length, Crew.STREAMED);
        }

        @Override
        public void piece(int piece, int pieces) {
            int from = Piecework.from(values.length, piece, pieces);
            int to = Piecework.from(values.length, piece + 1, pieces);
            if (variant == Variant.AMSGRAD) {
                amsgrad(from, to);
            } else if (shrink == 1f && coupled == 0f && sign == 1f) {
                plain(from, to);
            } else {
                decayed(from, to);
            }
        }

        private void plain(int from, int to) {
            float[] values = this.values; // read once, for the loop that the JIT vectorises
            float[] gradient = this.gradient;
            float size = this.size;
            float root = this.root;
            for (int i = from; i < to; i++) {
                float g = gradient[i];
                float first = b1 * m[i] + a1 * g;
                float second = b2 * v[i] + a2 * (g * g);
                m[i] = first;
                v[i] = second;
                values[i] -= size * first / ((float) Math.sqrt(second) * root + eps);
            }
        }

        private void decayed(int from, int to) {
            float[] values = this.values;
            float[] gradient = this.gradient;
            float size = this.size;
            float root = this.root;
            for (int i = from; i < to; i++) {
                float theta = values[i] * shrink;
                float g = sign * gradient[i] + coupled * theta;
                float first = b1 * m[i] + a1 * g;
                float second = b2 * v[i] + a2 * (g * g);
                m[i] = first;
                v[i] = second;
                values[i] = theta - size * first / ((float) Math.sqrt(second) * root + eps);
            }
        }

        private void amsgrad(int from, int to) {
            for (int i = from; i < to; i++) {
                float theta = values[i] * shrink;
                float g = sign * gradient[i] + coupled * theta;
                m[i] = (float) (moments.beta1() * m[i] + (1 - moments.beta1()) * g);
                v[i] = (float) (moments.beta2() * v[i] + (1 - moments.beta2()) * g * g);
                largest[i] = Math.max(largest[i], v[i]);
                float denominator = (float) Math.sqrt(largest[i]) * root + (float) moments.epsilon();
                values[i] = theta - size * m[i] / denominator;
            }
        }

        @Override
        public void state(State state) {
            t = (int) state.number("Adam steps", t);
            state.floats("Adam first moment", m);
            state.floats("Adam second moment", v);
            state.floats("Adam largest second moment", largest);
        }
    }

    @Override
    public String toString() {
        boolean adamW = decay == Decay.DECOUPLED;
        // words() leaves a decay of 0 out, which for AdamW is not the usual one
        Settings said = adamW && settings.weightDecay() == DEFAULT_ADAMW_DECAY ? settings.weightDecay(0) : settings;
        return (adamW ? "adamW(" : "adam(") + settings.rate() + ")" + moments.words(Moments.DEFAULT)
                + (variant == Variant.AMSGRAD ? ".amsgrad()" : "")
                + (adamW && settings.weightDecay() == 0 ? ".weightDecay(0.0)" : "")
                + said.words();
    }
}
