package org.mtl4j.balance;

import java.util.Arrays;

/**
 * How the losses of all tasks become the one number that is minimised, given how much each task counts. e_i = L_i - z_i is
 * the loss above the task's ideal z_i, r_i its preference.
 *
 * <p>The catalogue is the list of records below.
 */
public sealed interface Scalariser {

    /** The word that makes a preference of this kind: {@code chebyshev()}. */
    String word();

    /**
     * Engine API. Its slopes by the losses.
     *
     * @param excess e, [tasks], its first {@code tasks} are read and may be overwritten
     * @param preference r, [tasks], its first {@code tasks} are read and may be overwritten
     * @param tasks how many take part
     * @param slopes [tasks], overwritten
     */
    void slopes(double[] excess, double[] preference, int tasks, double[] slopes);

    /**
     * The weighted Tchebycheff function, max_i r_i e_i (as in Lin et al. 2024, arXiv 2402.19078): all weight, r_i, is on
     * the task that is worst off; tasks that are so alike share it evenly.
     */
    record Chebyshev() implements Scalariser {
        @Override
        public String word() {
            return "chebyshev()";
        }

        @Override
        public void slopes(double[] excess, double[] preference, int tasks, double[] slopes) {
            double most = Double.NEGATIVE_INFINITY;
            int worst = 0;
            for (int i = 0; i < tasks; i++) {
                excess[i] = finite(preference[i] * excess[i]);
                worst = excess[i] > most ? 1 : excess[i] == most ? worst + 1 : worst;
                most = Math.max(most, excess[i]);
            }
            for (int i = 0; i < tasks; i++) {
                slopes[i] = excess[i] == most ? preference[i] / worst : 0;
            }
        }
    }

    /**
     * The smooth Tchebycheff function, mu log sum_i exp(r_i e_i / mu) (Lin et al. 2024, arXiv 2402.19078, eq. 9; TorchJD's
     * {@code STCH}): the weights are r_i times the softmax of r_i e_i / mu. Its authors try mu of 0.01, 0.1, 0.5 and 1 and
     * name no best one.
     *
     * @param mu above 0; the lower, the nearer to {@link Chebyshev}
     */
    record SmoothChebyshev(double mu) implements Scalariser {
        public SmoothChebyshev {
            if (!(mu > 0 && mu < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "smoothChebyshev(%s): the smoothness is a finite number above 0.%nGive 0.1, or less for more weight on the task that is worst off."
                                .formatted(mu));
            }
        }

        @Override
        public String word() {
            return "smoothChebyshev(" + mu + ")";
        }

        @Override
        public void slopes(double[] excess, double[] preference, int tasks, double[] slopes) {
            Arrays.fill(slopes, Double.NEGATIVE_INFINITY);
            for (int i = 0; i < tasks; i++) {
                slopes[i] = finite(preference[i] * excess[i] / mu);
            }
            Softmax.of(slopes, 1);
            for (int i = 0; i < tasks; i++) {
                slopes[i] *= preference[i];
            }
        }
    }

    /**
     * Penalty-based boundary intersection, d1 + theta d2 (Zhang and Li 2007, MOEA/D; as in TorchJD): d1 = e . u is how far
     * the losses are along the direction u = r / ||r||, d2 = ||e - d1 u|| how far they are from it. The weights are u + theta
     * (e - d1 u) / d2. A task that is ahead of its share may get one below 0: its loss is given up for the others'. As in
     * TorchJD, {@link #EPSILON} is added under the root of d2, so that on the direction itself the weights are u.
     *
     * @param theta at least 0; 5 in the experiments of Zhang and Li
     */
    record Pbi(double theta) implements Scalariser {

        /** What is added to the square of d2. */
        public static final double EPSILON = 1e-12;

        public Pbi {
            checkPenalty("pbi", theta);
        }

        @Override
        public String word() {
            return "pbi(" + theta + ")";
        }

        @Override
        public void slopes(double[] excess, double[] preference, int tasks, double[] slopes) {
            normalise(preference, tasks);
            double size = scale(excess, tasks);
            double along = dot(excess, preference, tasks);
            for (int i = 0; i < tasks; i++) {
                excess[i] -= along * preference[i];
            }
            double away = Math.sqrt(dot(excess, excess, tasks) + EPSILON / size / size);
            for (int i = 0; i < tasks; i++) {
                slopes[i] = preference[i] + (away > 0 ? theta * (excess[i] / away) : 0);
            }
        }
    }

    /**
     * The objective of COSMOS, sum_i r_i e_i - lambda cos(r, e) (Ruchte and Grabocka 2021, Scalable Pareto front
     * approximation for deep multi-objective learning, arXiv 2103.13392, eq. 5; TorchJD's {@code COSMOS}), in which the
     * ideal is 0: the second term draws the losses towards the direction of the preference. The weights are r_i - lambda
     * (r_i / ||r|| - cos(r, e) e_i / ||e||) / ||e||; one may be below 0. Without any loss, where the cosine has no
     * value, they are r; below a length of {@link #LEAST_LENGTH} the penalty grows no more. The network of COSMOS also reads the
     * preference as an input; that is not part of a balancer.
     *
     * @param lambda at least 0; the paper takes 0.01 to 8, depending on the data
     */
    record Cosmos(double lambda) implements Scalariser {

        /** ||e|| counts as no less. */
        public static final double LEAST_LENGTH = 1e-12;

        public Cosmos {
            checkPenalty("cosmos", lambda);
        }

        @Override
        public String word() {
            return "cosmos(" + lambda + ")";
        }

        @Override
        public void slopes(double[] excess, double[] preference, int tasks, double[] slopes) {
            System.arraycopy(preference, 0, slopes, 0, tasks);
            normalise(preference, tasks);
            double length = normalise(excess, tasks);
            double cosine = dot(excess, preference, tasks);
            for (int i = 0; i < tasks && length > 0; i++) {
                double turn = (preference[i] - cosine * excess[i]) / Math.max(length, LEAST_LENGTH);
                slopes[i] = finite(slopes[i] - lambda * turn);
            }
        }
    }

    private static void checkPenalty(String word, double penalty) {
        if (!(penalty >= 0 && penalty < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s(%s): the penalty is a finite number of at least 0.%nGive 5, or more to hold the losses nearer to the preference; 0 is no penalty."
                            .formatted(word, penalty));
        }
    }

    private static double finite(double value) {
        return Math.max(-Double.MAX_VALUE, Math.min(value, Double.MAX_VALUE));
    }

    private static double dot(double[] a, double[] b, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Divides by the largest absolute value, which it answers; 1 where all are 0. */
    private static double scale(double[] values, int n) {
        double most = 0;
        for (int i = 0; i < n; i++) {
            most = Math.max(most, Math.abs(values[i]));
        }
        for (int i = 0; i < n && most > 0; i++) {
            values[i] /= most;
        }
        return most > 0 ? most : 1;
    }

    /** Divides by the length, which it answers; 0 where all are 0. */
    private static double normalise(double[] values, int n) {
        double size = scale(values, n); // first by the largest: no square overflows
        double length = Math.sqrt(dot(values, values, n));
        for (int i = 0; i < n && length > 0; i++) {
            values[i] /= length;
        }
        return length == 0 ? 0 : Math.min(size * length, Double.MAX_VALUE);
    }
}
