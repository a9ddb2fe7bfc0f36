package org.mtl4j.optimise;

import org.mtl4j.bytes.State;

/**
 * Adadelta (Zeiler 2012, algorithm 1) with a rate, as PyTorch's {@code Adadelta}: S = rho S + (1 - rho) g^2, d = sqrt(D +
 * eps) / sqrt(S + eps) g, D = rho D + (1 - rho) d^2, theta -= rate d. The paper has rate 1. Weight decay adds wd theta to
 * g.
 *
 * @param settings what all optimisers have
 * @param rho decay of both averages, in [0, 1)
 * @param epsilon keeps the division finite
 */
public record Adadelta(Settings settings, double rho, double epsilon) implements Tuned<Adadelta> {

    /** Rho where none is given, as in PyTorch. */
    public static final double DEFAULT_RHO = 0.9;

    /** Eps where none is given, as in PyTorch. */
    public static final double DEFAULT_EPSILON = 1e-6;

    public Adadelta {
        Numbers.belowOne("rho", rho);
        Numbers.aboveZero("epsilon", epsilon);
    }

    /** Adadelta with PyTorch's defaults. */
    public static Adadelta of(double rate) {
        return new Adadelta(Settings.of(rate), DEFAULT_RHO, DEFAULT_EPSILON);
    }

    /** This optimiser with another decay of its averages. */
    public Adadelta rho(double decay) {
        return new Adadelta(settings, decay, epsilon);
    }

    /** This optimiser with another eps. */
    public Adadelta epsilon(double eps) {
        return new Adadelta(settings, rho, eps);
    }

    @Override
    public Adadelta with(Settings other) {
        return new Adadelta(other, rho, epsilon);
    }

    @Override
    public Update start(int parameters) {
        return new Running(parameters);
    }

    private final class Running implements Update {
        private final float[] squares;
        private final float[] deltas;

        Running(int parameters) {
            squares = new float[parameters];
            deltas = new float[parameters];
        }

        @Override
        public void step(float[] values, float[] gradient, double rate) {
            float decay = (float) settings.weightDecay();
            float sign = settings.goal().sign();
            float size = (float) rate;
            float keep = (float) rho;
            float fresh = (float) (1 - rho);
            float eps = (float) epsilon;
            for (int i = 0; i < values.length; i++) {
                float g = sign * gradient[i] + decay * values[i];
                float square = keep * squares[i] + fresh * (g * g);
                float delta = (float) Math.sqrt(deltas[i] + eps) / (float) Math.sqrt(square + eps) * g;
                squares[i] = square;
                deltas[i] = keep * deltas[i] + fresh * (delta * delta);
                values[i] -= size * delta;
            }
        }

        @Override
        public void state(State state) {
            state.floats("Adadelta squares", squares);
            state.floats("Adadelta deltas", deltas);
        }
    }

    @Override
    public String toString() {
        return "adadelta(" + settings.rate() + ")"
                + (rho == DEFAULT_RHO ? "" : ".rho(" + rho + ")")
                + (epsilon == DEFAULT_EPSILON ? "" : ".epsilon(" + epsilon + ")")
                + settings.words();
    }
}
