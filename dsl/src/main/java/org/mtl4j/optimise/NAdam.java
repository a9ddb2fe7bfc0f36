package org.mtl4j.optimise;

import org.mtl4j.bytes.State;

/**
 * NAdam: Adam with Nesterov's momentum (Dozat 2016, algorithm 2), as PyTorch's {@code NAdam}: mu_t = b1 (1 - 0.96^(t psi)
 * / 2), m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, theta -= rate [(1 - mu_t) g / (1 - prod_(i &lt;= t) mu_i) +
 * mu_(t+1) m / (1 - prod_(i &lt;= t+1) mu_i)] / (sqrt(v / (1 - b2^t)) + eps).
 *
 * @param settings what all optimisers have
 * @param moments the decay rates of the moments, and eps
 * @param momentumDecay psi, at least 0
 * @param decay how weight decay enters
 */
public record NAdam(Settings settings, Moments moments, double momentumDecay, Decay decay) implements Tuned<NAdam> {

    /** Psi where none is given, as in the paper and PyTorch. */
    public static final double DEFAULT_MOMENTUM_DECAY = 4e-3;

    public NAdam {
        Numbers.atLeastZero("momentumDecay", momentumDecay);
    }

    /** NAdam with PyTorch's defaults. */
    public static NAdam of(double rate) {
        return new NAdam(Settings.of(rate), Moments.DEFAULT, DEFAULT_MOMENTUM_DECAY, Decay.COUPLED);
    }

    /** This optimiser with other decay rates of the moments. */
    public NAdam betas(double beta1, double beta2) {
        return new NAdam(settings, moments.betas(beta1, beta2), momentumDecay, decay);
    }

    /** This optimiser with another eps. */
    public NAdam epsilon(double epsilon) {
        return new NAdam(settings, moments.epsilon(epsilon), momentumDecay, decay);
    }

    /** This optimiser with a momentum that grows in another time. */
    public NAdam momentumDecay(double psi) {
        return new NAdam(settings, moments, psi, decay);
    }

    /** This optimiser with weight decay beside the gradient, as in AdamW. */
    public NAdam decoupled() {
        return new NAdam(settings, moments, momentumDecay, Decay.DECOUPLED);
    }

    @Override
    public NAdam with(Settings other) {
        return new NAdam(other, moments, momentumDecay, decay);
    }

    @Override
    public Update start(int parameters) {
        return new Running(parameters);
    }

    private final class Running implements Update {
        private final float[] m;
        private final float[] v;
        private long t;
        private double product = 1;

        Running(int parameters) {
            m = new float[parameters];
            v = new float[parameters];
        }

        private double mu(long step) {
            return moments.beta1() * (1 - 0.5 * StrictMath.pow(0.96, (double) step * momentumDecay));
        }

        @Override
        public void step(float[] values, float[] gradient, double rate) {
            t++;
            double mu = mu(t);
            double next = mu(t + 1);
            product *= mu;
            float ofGradient = (float) (rate * (1 - mu) / (1 - product));
            float ofMoment = (float) (rate * next / (1 - product * next));
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
                float second = b2 * v[i] + a2 * (g * g);
                m[i] = first;
                v[i] = second;
                float denominator = (float) Math.sqrt(second) * root + eps;
                values[i] = theta - (ofGradient * g + ofMoment * first) / denominator;
            }
        }

        @Override
        public void state(State state) {
            t = state.number("NAdam steps", t);
            product = state.real("NAdam product of momenta", product);
            state.floats("NAdam first moment", m);
            state.floats("NAdam second moment", v);
        }
    }

    @Override
    public String toString() {
        return "nadam(" + settings.rate() + ")" + moments.words(Moments.DEFAULT)
                + (momentumDecay == DEFAULT_MOMENTUM_DECAY ? "" : ".momentumDecay(" + momentumDecay + ")")
                + decay.words() + settings.words();
    }
}
