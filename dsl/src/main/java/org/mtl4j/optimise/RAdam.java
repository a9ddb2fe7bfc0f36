package org.mtl4j.optimise;

import org.mtl4j.bytes.State;

/**
 * Rectified Adam (Liu et al. 2020, algorithm 2), as PyTorch's {@code RAdam}: with rho_inf = 2 / (1 - b2) - 1 and rho_t =
 * rho_inf - 2 t b2^t / (1 - b2^t), the step is rate m_hat r_t sqrt(1 - b2^t) / (sqrt(v) + eps) where rho_t &gt; 5, with r_t
 * = sqrt((rho_t - 4)(rho_t - 2) rho_inf / ((rho_inf - 4)(rho_inf - 2) rho_t)), and rate m_hat before. The paper turns at
 * rho_t &gt; 4 and has no eps.
 *
 * @param settings what all optimisers have
 * @param moments the decay rates of the moments, and eps
 * @param decay how weight decay enters
 */
public record RAdam(Settings settings, Moments moments, Decay decay) implements Tuned<RAdam> {

    /** Above this length of the second moment's window the step is rectified. */
    public static final double TRACTABLE = 5;

    /** RAdam with PyTorch's defaults. */
    public static RAdam of(double rate) {
        return new RAdam(Settings.of(rate), Moments.DEFAULT, Decay.COUPLED);
    }

    /** This optimiser with other decay rates of the moments. */
    public RAdam betas(double beta1, double beta2) {
        return new RAdam(settings, moments.betas(beta1, beta2), decay);
    }

    /** This optimiser with another eps. */
    public RAdam epsilon(double epsilon) {
        return new RAdam(settings, moments.epsilon(epsilon), decay);
    }

    /** This optimiser with weight decay beside the gradient, as in AdamW. */
    public RAdam decoupled() {
        return new RAdam(settings, moments, Decay.DECOUPLED);
    }

    @Override
    public RAdam with(Settings other) {
        return new RAdam(other, moments, decay);
    }

    @Override
    public Update start(int parameters) {
        return new Running(parameters);
    }

    private final class Running implements Update {
        private final float[] m;
        private final float[] v;
        private long t;

        Running(int parameters) {
            m = new float[parameters];
            v = new float[parameters];
        }

        /** r_t sqrt(1 - b2^t), or 0 while the window is too short. */
        private double rectification() {
            double power = Powers.of(moments.beta2(), t);
            double limit = 2 / (1 - moments.beta2()) - 1;
            double rho = limit - 2 * (double) t * power / (1 - power);
            if (rho <= TRACTABLE) {
                return 0;
            }
            double r = StrictMath.sqrt((rho - 4) * (rho - 2) * limit / ((limit - 4) * (limit - 2) * rho));
            return r * StrictMath.sqrt(1 - power);
        }

        @Override
        public void step(float[] values, float[] gradient, double rate) {
            t++;
            float size = (float) (rate / (1 - Powers.of(moments.beta1(), t)));
            float rectified = (float) rectification();
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
                float adapted = rectified > 0 ? rectified / ((float) Math.sqrt(second) + eps) : 1f;
                values[i] = theta - size * first * adapted;
            }
        }

        @Override
        public void state(State state) {
            t = state.number("RAdam steps", t);
            state.floats("RAdam first moment", m);
            state.floats("RAdam second moment", v);
        }
    }

    @Override
    public String toString() {
        return "radam(" + settings.rate() + ")" + moments.words(Moments.DEFAULT) + decay.words() + settings.words();
    }
}
