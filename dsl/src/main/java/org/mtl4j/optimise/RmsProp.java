package org.mtl4j.optimise;

import org.mtl4j.bytes.State;

/**
 * RMSprop (Tieleman and Hinton 2012, lecture 6e) and its centred form (Graves 2013, eq. 38 to 45): S = a S + (1 - a) g^2,
 * u = g / (sqrt(S) + eps), theta -= rate u. Centred, m = a m + (1 - a) g and the root is that of S - m^2. With momentum,
 * b = mu b + u and theta -= rate b. Weight decay adds wd theta to g. As PyTorch's {@code RMSprop}: eps stands outside the
 * root, where Graves has it inside.
 *
 * <p>S - m^2 is formed in double and held to at least 0: PyTorch's float may fall below, which is NaN.
 *
 * @param settings what all optimisers have
 * @param alpha decay of the averages, in [0, 1)
 * @param epsilon keeps the division finite
 * @param momentum mu, in [0, 1)
 * @param kind which second moment divides
 */
public record RmsProp(Settings settings, double alpha, double epsilon, double momentum, Kind kind)
        implements Tuned<RmsProp> {

    /** Alpha where none is given, as in PyTorch. */
    public static final double DEFAULT_ALPHA = 0.99;

    /** Eps where none is given, as in PyTorch. */
    public static final double DEFAULT_EPSILON = 1e-8;

    /** Which second moment divides. */
    public enum Kind {
        /** The mean of squares. */
        PLAIN,
        /** The variance. */
        CENTERED
    }

    public RmsProp {
        Numbers.belowOne("alpha", alpha);
        Numbers.aboveZero("epsilon", epsilon);
        Numbers.belowOne("momentum", momentum);
    }

    /** RMSprop with PyTorch's defaults. */
    public static RmsProp of(double rate) {
        return new RmsProp(Settings.of(rate), DEFAULT_ALPHA, DEFAULT_EPSILON, 0, Kind.PLAIN);
    }

    /** This optimiser with another decay of its averages. */
    public RmsProp alpha(double decay) {
        return new RmsProp(settings, decay, epsilon, momentum, kind);
    }

    /** This optimiser with another eps. */
    public RmsProp epsilon(double eps) {
        return new RmsProp(settings, alpha, eps, momentum, kind);
    }

    /** This optimiser with momentum. */
    public RmsProp momentum(double mu) {
        return new RmsProp(settings, alpha, epsilon, mu, kind);
    }

    /** This optimiser with the variance of the gradient in place of its mean square. */
    public RmsProp centered() {
        return new RmsProp(settings, alpha, epsilon, momentum, Kind.CENTERED);
    }

    @Override
    public RmsProp with(Settings other) {
        return new RmsProp(other, alpha, epsilon, momentum, kind);
    }

    @Override
    public Update start(int parameters) {
        return new Running(parameters);
    }

    private final class Running implements Update {
        private final float[] squares;
        private final float[] means;
        private final float[] velocity;

        Running(int parameters) {
            squares = new float[parameters];
            means = new float[kind == Kind.CENTERED ? parameters : 0];
            velocity = new float[momentum > 0 ? parameters : 0];
        }

        @Override
        public void step(float[] values, float[] gradient, double rate) {
            float decay = (float) settings.weightDecay();
            float sign = settings.goal().sign();
            float size = (float) rate;
            float keep = (float) alpha;
            float fresh = (float) (1 - alpha);
            float eps = (float) epsilon;
            float mu = (float) momentum;
            for (int i = 0; i < values.length; i++) {
                float g = sign * gradient[i] + decay * values[i];
                float square = keep * squares[i] + fresh * (g * g);
                squares[i] = square;
                float root = means.length == 0 ? (float) Math.sqrt(square) : deviation(i, keep, fresh * g, square);
                float u = g / (root + eps);
                if (velocity.length > 0) {
                    u = mu * velocity[i] + u;
                    velocity[i] = u;
                }
                values[i] -= size * u;
            }
        }

        private float deviation(int i, float keep, float fresh, float square) {
            float mean = keep * means[i] + fresh;
            means[i] = mean;
            return (float) Math.sqrt(Math.max(0, square - (double) mean * mean));
        }

        @Override
        public void state(State state) {
            state.floats("RMSprop squares", squares);
            state.floats("RMSprop means", means);
            state.floats("RMSprop momentum", velocity);
        }
    }

    @Override
    public String toString() {
        return "rmsprop(" + settings.rate() + ")"
                + (alpha == DEFAULT_ALPHA ? "" : ".alpha(" + alpha + ")")
                + (epsilon == DEFAULT_EPSILON ? "" : ".epsilon(" + epsilon + ")")
                + (momentum == 0 ? "" : ".momentum(" + momentum + ")")
                + (kind == Kind.PLAIN ? "" : ".centered()")
                + settings.words();
    }
}
