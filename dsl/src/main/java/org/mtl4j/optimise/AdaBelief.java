package org.mtl4j.optimise;

import org.mtl4j.bytes.State;

/**
 * AdaBelief (Zhuang et al. 2020, algorithm 2): m = b1 m + (1 - b1) g, s = b2 s + (1 - b2)(g - m)^2 + eps, theta -= rate
 * m_hat / (sqrt(s_hat) + eps) with m_hat = m / (1 - b1^t), s_hat = s / (1 - b2^t). Weight decay adds wd theta to g.
 *
 * <p>Eps is added inside s in every step, and again outside the root, as in the paper. The paper has 1e-8; its authors'
 * package has {@link #DEFAULT_EPSILON} since version 0.2, since an eps of Adam's x acts here as its square.
 *
 * @param settings what all optimisers have
 * @param moments the decay rates of the moments, and eps
 * @param decay how weight decay enters
 */
public record AdaBelief(Settings settings, Moments moments, Decay decay) implements Tuned<AdaBelief> {

    /** Eps where none is given, as in the authors' package. */
    public static final double DEFAULT_EPSILON = 1e-16;

    private static final Moments DEFAULT = Moments.DEFAULT.epsilon(DEFAULT_EPSILON);

    /** AdaBelief with its authors' defaults, without weight decay. */
    public static AdaBelief of(double rate) {
        return new AdaBelief(Settings.of(rate), DEFAULT, Decay.COUPLED);
    }

    /** This optimiser with other decay rates of the moments. */
    public AdaBelief betas(double beta1, double beta2) {
        return new AdaBelief(settings, moments.betas(beta1, beta2), decay);
    }

    /** This optimiser with another eps. */
    public AdaBelief epsilon(double epsilon) {
        return new AdaBelief(settings, moments.epsilon(epsilon), decay);
    }

    /** This optimiser with weight decay beside the gradient, as in AdamW. */
    public AdaBelief decoupled() {
        return new AdaBelief(settings, moments, Decay.DECOUPLED);
    }

    @Override
    public AdaBelief with(Settings other) {
        return new AdaBelief(other, moments, decay);
    }

    @Override
    public Update start(int parameters) {
        return new Running(parameters);
    }

    private final class Running implements Update {
        private final float[] m;
        private final float[] s;
        private long t;

        Running(int parameters) {
            m = new float[parameters];
            s = new float[parameters];
        }

        @Override
        public void step(float[] values, float[] gradient, double rate) {
            t++;
            float size = (float) (rate / (1 - Powers.of(moments.beta1(), t)));
            float root = (float) (1 / StrictMath.sqrt(1 - Powers.of(moments.beta2(), t)));
            float shrink = decay.shrink(settings, rate);
            float coupled = decay.coupled(settings);
            float sign = settings.goal().sign();
            float b1 = (float) moments.beta1();
            float b2 = (float) moments.beta2();
            float a1 = (float) (1 - moments.beta1());
            float a2 = (float) (1 - moments.beta2());
            float eps = (float) moments.epsilon();
            for (int i = 0; i < values.length; i++) {
                float theta = values[i] * shrink;
                float g = sign * gradient[i] + coupled * theta;
                float first = b1 * m[i] + a1 * g;
                float surprise = g - first;
                float second = b2 * s[i] + a2 * (surprise * surprise) + eps;
                m[i] = first;
                s[i] = second;
                values[i] = theta - size * first / ((float) Math.sqrt(second) * root + eps);
            }
        }

        @Override
        public void state(State state) {
            t = state.number("AdaBelief steps", t);
            state.floats("AdaBelief first moment", m);
            state.floats("AdaBelief second moment", s);
        }
    }

    @Override
    public String toString() {
        return "adaBelief(" + settings.rate() + ")" + moments.words(DEFAULT) + decay.words() + settings.words();
    }
}
