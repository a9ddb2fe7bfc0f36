package org.mtl4j.optimise;

import org.mtl4j.bytes.State;

/**
 * Stochastic gradient descent: v = mu v + (1 - d) g (v = g at first), theta -= rate v; with Nesterov's momentum theta -=
 * rate (g + mu v). Weight decay adds wd theta to g. As PyTorch's {@code SGD}.
 *
 * @param settings what all optimisers have
 * @param momentum mu, in [0, 1)
 * @param dampening d
 * @param kind which momentum
 */
public record Sgd(Settings settings, double momentum, double dampening, Momentum kind) implements Tuned<Sgd> {

    /** Which momentum. */
    public enum Momentum {
        /** Polyak's. */
        CLASSICAL,
        /** Nesterov's, in the form of Sutskever et al. (2013). */
        NESTEROV
    }

    public Sgd {
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException(
                    "momentum(%s): it lies in [0, 1).%nGive one such as momentum(0.9).".formatted(momentum));
        }
    }

    /** Plain SGD. */
    public static Sgd of(double rate) {
        return new Sgd(Settings.of(rate), 0, 0, Momentum.CLASSICAL);
    }

    /** This optimiser with momentum. */
    public Sgd momentum(double mu) {
        return new Sgd(settings, mu, dampening, Momentum.CLASSICAL);
    }

    /** This optimiser with Nesterov's momentum. */
    public Sgd nesterov(double mu) {
        return new Sgd(settings, mu, dampening, Momentum.NESTEROV);
    }

    /** This optimiser with dampening of the momentum. */
    public Sgd dampening(double d) {
        return new Sgd(settings, momentum, d, kind);
    }

    @Override
    public Sgd with(Settings other) {
        return new Sgd(other, momentum, dampening, kind);
    }

    @Override
    public Update start(int parameters) {
        float decay = (float) settings.weightDecay();
        float sign = settings.goal().sign();
        if (momentum == 0) {
            return (values, gradient, rate) -> plain(values, gradient, (float) rate, sign, decay);
        }
        return new WithMomentum(new float[parameters], sign, decay);
    }

    private static void plain(float[] values, float[] gradient, float rate, float sign, float decay) {
        for (int i = 0; i < values.length; i++) {
            values[i] -= rate * (sign * gradient[i] + decay * values[i]);
        }
    }

    private final class WithMomentum implements Update {
        private final float[] velocity;
        private final float sign;
        private final float decay;
        private boolean first = true;

        WithMomentum(float[] velocity, float sign, float decay) {
            this.velocity = velocity;
            this.sign = sign;
            this.decay = decay;
        }

        @Override
        public void step(float[] values, float[] gradient, double rate) {
            float mu = first ? 0f : (float) momentum;
            float fresh = first ? 1f : (float) (1 - dampening);
            first = false;
            // the step is rate * (a g + b v): Nesterov's looks ahead
            float a = kind == Momentum.NESTEROV ? 1f : 0f;
            float b = kind == Momentum.NESTEROV ? (float) momentum : 1f;
            float r = (float) rate;
            for (int i = 0; i < values.length; i++) {
                float g = sign * gradient[i] + decay * values[i];
                float v = mu * velocity[i] + fresh * g;
                velocity[i] = v;
                values[i] -= r * (a * g + b * v);
            }
        }

        @Override
        public void state(State state) {
            first = state.number("SGD has no velocity yet", first ? 1 : 0) == 1;
            state.floats("SGD velocity", velocity);
        }
    }

    @Override
    public String toString() {
        String mu = momentum == 0 ? "" : (kind == Momentum.NESTEROV ? ".nesterov(" : ".momentum(") + momentum + ")";
        return "sgd(" + settings.rate() + ")" + mu + (dampening == 0 ? "" : ".dampening(" + dampening + ")")
                + settings.words();
    }
}
