package org.mtl4j.optimise;

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
public record Adam(Settings settings, Moments moments, Decay decay, Variant variant) implements Optimiser {

    /** The paper's decay rates and eps. */
    public static final Moments DEFAULT_MOMENTS = new Moments(0.9, 0.999, 1e-8);

    /** AdamW's weight decay where none is given, as in PyTorch. */
    public static final double DEFAULT_ADAMW_DECAY = 0.01;

    /**
     * Decay rates of the moments and the number that keeps the division finite.
     *
     * @param beta1 of the first moment, in [0, 1)
     * @param beta2 of the second moment, in [0, 1)
     * @param epsilon above 0
     */
    public record Moments(double beta1, double beta2, double epsilon) {
        public Moments {
            if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0)) {
                throw new IllegalArgumentException(
                        "Adam's betas %s and %s lie in [0, 1), its epsilon %s above 0.%nGive them as betas(0.9, 0.999)."
                                .formatted(beta1, beta2, epsilon));
            }
        }
    }

    /** How weight decay enters. */
    public enum Decay {
        /** Into the gradient: Adam. */
        COUPLED,
        /** Beside it: AdamW. */
        DECOUPLED
    }

    /** Which second moment divides. */
    public enum Variant {
        /** The running one. */
        PLAIN,
        /** The largest so far (Reddi et al. 2018). */
        AMSGRAD
    }

    /** Adam with the paper's defaults. */
    public static Adam of(double rate) {
        return new Adam(Settings.of(rate), DEFAULT_MOMENTS, Decay.COUPLED, Variant.PLAIN);
    }

    /** AdamW with the paper's defaults and {@link #DEFAULT_ADAMW_DECAY}. */
    public static Adam decoupled(double rate) {
        Settings settings = Settings.of(rate).weightDecay(DEFAULT_ADAMW_DECAY);
        return new Adam(settings, DEFAULT_MOMENTS, Decay.DECOUPLED, Variant.PLAIN);
    }

    /** This optimiser with other decay rates of the moments. */
    public Adam betas(double beta1, double beta2) {
        return new Adam(settings, new Moments(beta1, beta2, moments.epsilon()), decay, variant);
    }

    /** This optimiser with another eps. */
    public Adam epsilon(double epsilon) {
        return new Adam(settings, new Moments(moments.beta1(), moments.beta2(), epsilon), decay, variant);
    }

    /** This optimiser with the largest second moment so far. */
    public Adam amsgrad() {
        return new Adam(settings, moments, decay, Variant.AMSGRAD);
    }

    /** This optimiser, up the gradient. */
    public Adam maximise() {
        return with(settings.maximise());
    }

    @Override
    public Adam rate(double rate) {
        return with(settings.rate(rate));
    }

    @Override
    public Adam weightDecay(double factor) {
        return with(settings.weightDecay(factor));
    }

    @Override
    public Adam schedule(Schedule schedule) {
        return with(settings.schedule(schedule));
    }

    @Override
    public Adam clipNorm(double max) {
        return with(settings.clipping(new Clipping.Norm(max, 2)));
    }

    @Override
    public Adam clipValue(double max) {
        return with(settings.clipping(new Clipping.Value(max)));
    }

    private Adam with(Settings other) {
        return new Adam(other, moments, decay, variant);
    }

    @Override
    public Update start(int parameters) {
        return new Running(parameters);
    }

    private final class Running implements Update {
        private final float[] m;
        private final float[] v;
        private final float[] largest;
        private int t;

        Running(int parameters) {
            m = new float[parameters];
            v = new float[parameters];
            largest = new float[variant == Variant.AMSGRAD ? parameters : 0];
        }

        @Override
        public void step(float[] values, float[] gradient, double rate) {
            t++;
            double wd = settings.weightDecay();
            float shrink = decay == Decay.DECOUPLED ? (float) (1 - rate * wd) : 1f;
            float coupled = decay == Decay.COUPLED ? (float) wd : 0f;
            float sign = settings.goal() == Settings.Goal.MINIMISE ? 1f : -1f;
            float size = (float) (rate / (1 - StrictMath.pow(moments.beta1(), t)));
            float root = (float) (1 / StrictMath.sqrt(1 - StrictMath.pow(moments.beta2(), t)));
            if (variant == Variant.AMSGRAD) {
                amsgrad(values, gradient, shrink, coupled, sign, size, root);
            } else if (shrink == 1f && coupled == 0f && sign == 1f) {
                plain(values, gradient, size, root);
            } else {
                decayed(values, gradient, shrink, coupled, sign, size, root);
            }
        }

        private void plain(float[] values, float[] gradient, float size, float root) {
            float b1 = (float) moments.beta1();
            float b2 = (float) moments.beta2();
            float a1 = (float) (1 - moments.beta1());
            float a2 = (float) (1 - moments.beta2());
            float eps = (float) moments.epsilon();
            for (int i = 0; i < values.length; i++) {
                float g = gradient[i];
                float first = b1 * m[i] + a1 * g;
                float second = b2 * v[i] + a2 * (g * g);
                m[i] = first;
                v[i] = second;
                values[i] -= size * first / ((float) Math.sqrt(second) * root + eps);
            }
        }

        private void decayed(
                float[] values, float[] gradient, float shrink, float coupled, float sign, float size, float root) {
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
                values[i] = theta - size * first / ((float) Math.sqrt(second) * root + eps);
            }
        }

        private void amsgrad(
                float[] values, float[] gradient, float shrink, float coupled, float sign, float size, float root) {
            for (int i = 0; i < values.length; i++) {
                float theta = values[i] * shrink;
                float g = sign * gradient[i] + coupled * theta;
                m[i] = (float) (moments.beta1() * m[i] + (1 - moments.beta1()) * g);
                v[i] = (float) (moments.beta2() * v[i] + (1 - moments.beta2()) * g * g);
                largest[i] = Math.max(largest[i], v[i]);
                float denominator = (float) Math.sqrt(largest[i]) * root + (float) moments.epsilon();
                values[i] = theta - size * m[i] / denominator;
            }
        }
    }

    @Override
    public String toString() {
        boolean adamW = decay == Decay.DECOUPLED;
        String betas = moments.beta1() == DEFAULT_MOMENTS.beta1() && moments.beta2() == DEFAULT_MOMENTS.beta2()
                ? ""
                : ".betas(" + moments.beta1() + ", " + moments.beta2() + ")";
        String eps = moments.epsilon() == DEFAULT_MOMENTS.epsilon() ? "" : ".epsilon(" + moments.epsilon() + ")";
        // words() leaves a decay of 0 out, which for AdamW is not the usual one
        Settings said = adamW && settings.weightDecay() == DEFAULT_ADAMW_DECAY ? settings.weightDecay(0) : settings;
        return (adamW ? "adamW(" : "adam(") + settings.rate() + ")" + betas + eps
                + (variant == Variant.AMSGRAD ? ".amsgrad()" : "")
                + (adamW && settings.weightDecay() == 0 ? ".weightDecay(0.0)" : "")
                + said.words();
    }
}
