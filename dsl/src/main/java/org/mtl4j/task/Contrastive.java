package org.mtl4j.task;

/**
 * Losses of couples: a row's outputs are two vectors of equal width side by side, a and b, each divided by its length, and
 * the couples of the batch are told apart by the cosines of all its a with all its b, in nats. A labelled row is a couple.
 *
 * <p>{@link InfoNce} and {@link Clip} compare a with b, {@link NtXent} compares all vectors of both.
 */
public sealed interface Contrastive extends Loss {

    /** A vector is divided by its length, or by this where it is shorter. */
    double LEAST_LENGTH = 1e-12;

    /**
     * The cross-entropy of finding b_i among all b by cos(a_i, b_j) / tau, the mean over i (van den Oord et al. 2018,
     * Representation learning with contrastive predictive coding, eq. 4, with cosines as the log-density ratio).
     */
    record InfoNce(double temperature) implements Contrastive {
        public InfoNce {
            check("infoNce", temperature);
        }

        @Override
        public String toString() {
            return "infoNce(" + temperature + ")";
        }
    }

    /**
     * The mean of that cross-entropy from a to b and from b to a, with a factor e^l on the cosines that is learnt: l is the
     * loss's own parameter and begins at log(1 / 0.07) (Radford et al. 2021, Learning transferable visual models from natural
     * language supervision, figure 3). The factor is not cut off at 100, as it is there.
     */
    record Clip() implements Contrastive {

        /** Where l begins: log(1 / 0.07). */
        public static final float INITIAL_LOG_SCALE = 2.6592600f;

        @Override
        public String toString() {
            return "clip()";
        }
    }

    /**
     * The cross-entropy of finding each vector's other half among all other vectors of both kinds by cosine / tau, the mean
     * over all 2 n of them (Chen et al. 2020, A simple framework for contrastive learning, eq. 1).
     */
    record NtXent(double temperature) implements Contrastive {
        public NtXent {
            check("ntXent", temperature);
        }

        @Override
        public String toString() {
            return "ntXent(" + temperature + ")";
        }
    }

    private static void check(String name, double temperature) {
        if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s(%s): the temperature is a finite number above 0.%nGive what the cosines are divided by: %s(0.1)."
                            .formatted(name, temperature, name));
        }
    }
}
