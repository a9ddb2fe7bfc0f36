package org.mtl4j.balance;

/** What UPGrad and DualProj do to the Gram before they project onto the dual cone of its gradients; as in TorchJD. */
final class DualConeGram {

    /** TorchJD's numbers. */
    static final double DEFAULT_EPS = 1e-4;

    private static final double LEAST_REG_EPS = 1e-12;

    private DualConeGram() {}

    /** @throws IllegalArgumentException if one of the numbers makes no sense */
    static void check(String word, double normEps, double regEps) {
        if (!(normEps >= 0 && normEps < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s.normEps(%s): it is a finite number of at least 0, the least trace of the Gram.%nGive TorchJD's 1e-4, or 0 to project gradients of any length."
                            .formatted(word, normEps));
        }
        if (!(regEps >= LEAST_REG_EPS && regEps <= 1)) {
            throw new IllegalArgumentException(
                    "%s.regEps(%s): it is a number from 1e-12 to 1, which keeps the quadratic program regular.%nGive TorchJD's 1e-4, or less for a projection that leaves less conflict."
                            .formatted(word, regEps));
        }
    }

    /**
     * G / trace G + regEps I, and regEps I where the trace is below normEps or 0.
     *
     * @param gram [n * n], modified
     */
    static void normalise(double[] gram, int n, double normEps, double regEps) {
        double trace = 0;
        for (int i = 0; i < n; i++) {
            trace += gram[i * n + i];
        }
        boolean isTiny = trace < normEps || trace == 0;
        for (int k = 0; k < n * n; k++) {
            gram[k] = isTiny ? 0 : gram[k] / trace;
        }
        for (int i = 0; i < n; i++) {
            gram[i * n + i] += regEps;
        }
    }

    /** The withers that print. */
    static String withers(double normEps, double regEps) {
        return (normEps == DEFAULT_EPS ? "" : ".normEps(" + normEps + ")")
                + (regEps == DEFAULT_EPS ? "" : ".regEps(" + regEps + ")");
    }
}
