package org.mtl4j.optimise;

import org.mtl4j.bytes.State;

/**
 * Lion, the evolved sign momentum (Chen et al. 2023, algorithm 2): c = b1 m + (1 - b1) g, theta -= rate (sign(c) + wd
 * theta), m = b2 m + (1 - b2) g; sign(0) = 0. Its steps are longer than Adam's: the paper takes rates 3 to 10 times smaller
 * and weight decays as many times larger.
 *
 * @param settings what all optimisers have
 * @param beta1 weighs the momentum in the step, in [0, 1)
 * @param beta2 decay of the momentum, in [0, 1)
 */
public record Lion(Settings settings, double beta1, double beta2) implements Tuned<Lion> {

    /** Beta 1 where none is given, as in the paper. */
    public static final double DEFAULT_BETA1 = 0.9;

    /** Beta 2 where none is given, as in the paper. */
    public static final double DEFAULT_BETA2 = 0.99;

    public Lion {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
            throw new IllegalArgumentException(
                    "lion(..).betas(%s, %s): both lie in [0, 1).%nGive them as betas(0.9, 0.99)."
                            .formatted(beta1, beta2));
        }
    }

    /** Lion with the paper's betas. */
    public static Lion of(double rate) {
        return new Lion(Settings.of(rate), DEFAULT_BETA1, DEFAULT_BETA2);
    }

    /** This optimiser with other betas. */
    public Lion betas(double first, double second) {
        return new Lion(settings, first, second);
    }

    @Override
    public Lion with(Settings other) {
        return new Lion(other, beta1, beta2);
    }

    @Override
    public Update start(int parameters) {
        return new Running(parameters);
    }

    private final class Running implements Update {
        private final float[] m;

        Running(int parameters) {
            m = new float[parameters];
        }

        @Override
        public void step(float[] values, float[] gradient, double rate) {
            float sign = settings.goal().sign();
            float shrink = Decay.DECOUPLED.shrink(settings, rate);
            float size = (float) rate;
            float b1 = (float) beta1;
            float b2 = (float) beta2;
            float a1 = (float) (1 - beta1);
            float a2 = (float) (1 - beta2);
            for (int i = 0; i < values.length; i++) {
                float g = sign * gradient[i];
                float c = b1 * m[i] + a1 * g;
                m[i] = b2 * m[i] + a2 * g;
                values[i] = values[i] * shrink - size * Math.signum(c);
            }
        }

        @Override
        public void state(State state) {
            state.floats("Lion momentum", m);
        }
    }

    @Override
    public String toString() {
        boolean usual = beta1 == DEFAULT_BETA1 && beta2 == DEFAULT_BETA2;
        return "lion(" + settings.rate() + ")" + (usual ? "" : ".betas(" + beta1 + ", " + beta2 + ")")
                + settings.words();
    }
}
