package org.mtl4j.optimise;

/**
 * Decay rates of the moments of Adam and its kin, and the number that keeps their division finite.
 *
 * @param beta1 of the first moment, in [0, 1)
 * @param beta2 of the second moment, in [0, 1)
 * @param epsilon above 0
 */
public record Moments(double beta1, double beta2, double epsilon) {

    /** The rates and eps of Adam's paper, which PyTorch has for all of Adam's kin. */
    public static final Moments DEFAULT = new Moments(0.9, 0.999, 1e-8);

    public Moments {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
            throw new IllegalArgumentException(
                    "betas(%s, %s): both lie in [0, 1).%nGive them as betas(0.9, 0.999).".formatted(beta1, beta2));
        }
        if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "epsilon(%s): it is a finite number above 0.%nGive one such as epsilon(1e-8).".formatted(epsilon));
        }
    }

    Moments betas(double first, double second) {
        return new Moments(first, second, epsilon);
    }

    Moments epsilon(double other) {
        return new Moments(beta1, beta2, other);
    }

    /** The withers that differ from these, as they are typed. */
    String words(Moments usual) {
        String betas = beta1 == usual.beta1 && beta2 == usual.beta2 ? "" : ".betas(" + beta1 + ", " + beta2 + ")";
        return betas + (epsilon == usual.epsilon ? "" : ".epsilon(" + epsilon + ")");
    }
}
