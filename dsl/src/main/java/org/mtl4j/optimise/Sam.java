package org.mtl4j.optimise;

/**
 * Sharpness-aware minimisation (Foret et al. 2021, eq. 2 and 3): the step of another optimiser with the gradient at theta +
 * rho g / ||g||_2, where g is the gradient at theta. Each step takes two passes over its batch.
 *
 * <p>The second pass has the weights of the first: the balancer sees each batch once, and its own parameters are neither
 * moved for the second pass nor get another gradient by it. So it is the sharpness of sum_i w_i L_i at given weights that
 * is lowered; under a gradient method, of the update sum_i w_i g_i. Dropout has one mask for both passes, and running
 * statistics hear the first only. Under {@code accumulate(k)} each batch is perturbed by its own gradient (m-sharpness,
 * section 4.1 of the paper). Clipping is of the second gradient.
 *
 * @param base the optimiser that takes the step
 * @param rho the length of the perturbation
 */
public record Sam(Optimiser base, double rho) implements Tuned<Sam> {

    /** Rho where none is given, as in the paper. */
    public static final double DEFAULT_RHO = 0.05;

    /** Added to the norm before dividing. */
    public static final double NORM_EPSILON = 1e-12;

    public Sam {
        if (!(rho > 0 && rho < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "sam(.., %s): rho is a finite number above 0.%nGive the length of the perturbation: sam(adam(1e-3), 0.05)."
                            .formatted(rho));
        }
        if (base instanceof Sam) {
            throw new IllegalArgumentException(
                    "sam(%s): it is perturbed already.%nGive an optimiser that takes the steps: sam(adam(1e-3), 0.05)."
                            .formatted(base));
        }
    }

    @Override
    public Settings settings() {
        return base.settings();
    }

    @Override
    public Sam with(Settings other) {
        return new Sam(base.with(other), rho);
    }

    /** The state of the optimiser that takes the steps: it is given the second gradient. */
    @Override
    public Update start(int parameters) {
        return base.start(parameters);
    }

    /**
     * Engine API. Moves parameters up the gradient: values += rho g / (||g||_2 + 1e-12); down it where the goal is to
     * maximise.
     *
     * @param values modified
     * @param gradient read only
     * @param n how many numbers of both are perturbed and counted in the norm
     */
    public void perturb(float[] values, float[] gradient, int n) {
        double square = 0;
        for (int i = 0; i < n; i++) {
            square += (double) gradient[i] * gradient[i];
        }
        double length = settings().goal().sign() * rho / (Math.sqrt(square) + NORM_EPSILON);
        float factor = (float) Math.min(length, Float.MAX_VALUE); // a zero gradient is not moved by any factor
        for (int i = 0; i < n; i++) {
            values[i] += factor * gradient[i];
        }
    }

    @Override
    public String toString() {
        return "sam(" + base + (rho == DEFAULT_RHO ? "" : ", " + rho) + ")";
    }
}
