package org.mtl4j.optimise;

import org.mtl4j.bytes.State;

/**
 * Adamax (Kingma and Ba 2015, algorithm 2): m = b1 m + (1 - b1) g, u = max(b2 u, |g| + eps), theta -= rate / (1 - b1^t) m
 * / u. Weight decay adds wd theta to g. As PyTorch's {@code Adamax}: the paper has no eps, and divides by 0 where a
 * gradient has been 0 throughout.
 *
 * @param settings what all optimisers have
 * @param moments the decay rates of the moments, and eps
 */
public record Adamax(Settings settings, Moments moments) implements Tuned<Adamax> {

    /** Adamax with the paper's defaults. */
    public static Adamax of(double rate) {
        return new Adamax(Settings.of(rate), Moments.DEFAULT);
    }

    /** This optimiser with other decay rates of the moments. */
    public Adamax betas(double beta1, double beta2) {
        return new Adamax(settings, moments.betas(beta1, beta2));
    }

    /** This optimiser with another eps. */
    public Adamax epsilon(double epsilon) {
        return new Adamax(settings, moments.epsilon(epsilon));
    }

    @Override
    public Adamax with(Settings other) {
        return new Adamax(other, moments);
    }

    @Override
    public Update start(int parameters) {
        return new Running(parameters);
    }

    private final class Running implements Update {
        private final float[] m;
        private final float[] u;
        private long t;

        Running(int parameters) {
            m = new float[parameters];
            u = new float[parameters];
        }

        @Override
        public void step(float[] values, float[] gradient, double rate) {
            t++;
            float decay = (float) settings.weightDecay();
            float sign = settings.goal().sign();
            float size = (float) (rate / (1 - Powers.of(moments.beta1(), t)));
            float b1 = (float) moments.beta1();
            float a1 = (float) (1 - moments.beta1());
            float b2 = (float) moments.beta2();
            float eps = (float) moments.epsilon();
            for (int i = 0; i < values.length; i++) {
                float g = sign * gradient[i] + decay * values[i];
                float first = b1 * m[i] + a1 * g;
                float most = Math.max(b2 * u[i], Math.abs(g) + eps);
                m[i] = first;
                u[i] = most;
                values[i] -= size * first / most;
            }
        }

        @Override
        public void state(State state) {
            t = state.number("Adamax steps", t);
            state.floats("Adamax first moment", m);
            state.floats("Adamax infinity norm", u);
        }
    }

    @Override
    public String toString() {
        return "adamax(" + settings.rate() + ")" + moments.words(Moments.DEFAULT) + settings.words();
    }
}
