package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.bytes.State;

/**
 * Stochastic direction-oriented multi-objective gradient descent (Xiao, Ban and Ji 2023, Direction-oriented multi-objective
 * learning: simple and provable stochastic algorithms, arXiv 2305.18409; as in the authors' code, LibMTL and TorchJD): a common
 * descent direction near that of the mean loss. The update is sum_i (w_i + lambda / T) g_i / (1 + lambda), with w on the simplex,
 * at first 1 / T each, moved in every step so that the update is short: with C_ij = &lt;g_i, g_j'&gt; the cross-Gram of the gradients
 * of two independent batches, which unlike a Gram has no noise on its diagonal, {@code iterations} times v = momentum v + C (w +
 * lambda / T 1) and w = the projection of w - rate v onto the simplex, v at first 0 in each step. At lambda = 0 it goes towards
 * {@link Mgda}, at a large one to the mean.
 *
 * <p>C is divided by m^2 + 1e-8, with m the mean of the square roots of its diagonal, of which numbers below 0 count as 0, as in
 * LibMTL; the authors add 1e-4 to the diagonal instead, and get no number where that leaves one below 0. Rate, momentum and
 * iterations are the authors' (LibMTL: rate 5), lambda is that of their runs. Their update is T times as long.
 *
 * <p>The two batches are drawn anew in each step from all training rows, without replacement within a batch, beside the step's own
 * batch, which follows the order of the epoch, as in the authors' training loop; LibMTL takes three batches of its loader in turn.
 * (In the authors' code all three gradients are one array, so that it computes with the last batch alone.) The heads learn from
 * the step's own batch, with weight 1; in LibMTL from the sum over the three. Running statistics of batch norm hear all three.
 *
 * <p>A task without labels in one of the two batches, or with a zero gradient, has a row or column of 0 in C; its weight is kept
 * whether the step's own batch has its labels or not. Opposite gradients come towards weights in proportion to 1 / ||g_i||,
 * duplicate ones move alike. An iteration that would leave the finite numbers is left out. One task weighs 1. The sum of the
 * weights is 1, that of {@code equal()} T: try other learning rates.
 *
 * <p>Cost: three forward passes, and one backward signal per task in each; memory for the gradients of two batches, 2 T numbers a
 * parameter; then {@code iterations} products with a T x T matrix.
 *
 * @param lambda how near the mean gradient the update is, at least 0
 * @param iterations the moves of w in a step, at least 1
 * @param rate that of the moves, above 0
 * @param momentum that of the moves, in [0, 1)
 */
public record SdmGrad(double lambda, int iterations, double rate, double momentum) implements Balancer {

    /** How near the mean gradient the update is where nothing is said, as in the authors' runs, LibMTL and TorchJD. */
    public static final double DEFAULT_LAMBDA = 0.3;

    /** The moves of w in a step where none are given. */
    public static final int DEFAULT_ITERATIONS = 20;

    /** The rate of the moves where none is given, as in the authors' code. */
    public static final double DEFAULT_RATE = 10;

    /** The momentum of the moves where none is given. */
    public static final double DEFAULT_MOMENTUM = 0.5;

    private static final double LEAST_SQUARE = 1e-8;

    public SdmGrad {
        if (!(lambda >= 0 && lambda < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "sdmgrad().lambda(%s): it is a finite number of at least 0.%nGive 0.3, or more for an update nearer to the mean gradient."
                            .formatted(lambda));
        }
        if (iterations < 1) {
            throw new IllegalArgumentException(
                    "sdmgrad().iterations(%d): it is a number of at least 1.%nGive the authors' 20, or fewer for weights that move less in a step."
                            .formatted(iterations));
        }
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "sdmgrad().rate(%s): it is a finite number above 0.%nGive the authors' 10, or less for weights that move less in a step."
                            .formatted(rate));
        }
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException(
                    "sdmgrad().momentum(%s): it is a number of at least 0 and below 1.%nGive the authors' 0.5, or 0 for none."
                            .formatted(momentum));
        }
    }

    /** As in the authors' code. */
    public static SdmGrad asPublished() {
        return new SdmGrad(DEFAULT_LAMBDA, DEFAULT_ITERATIONS, DEFAULT_RATE, DEFAULT_MOMENTUM);
    }

    /** This balancer with an update nearer to the mean gradient, or farther from it. */
    public SdmGrad lambda(double pull) {
        return new SdmGrad(pull, iterations, rate, momentum);
    }

    /** This balancer with so many moves of the weights in a step. */
    public SdmGrad iterations(int number) {
        return new SdmGrad(lambda, number, rate, momentum);
    }

    /** This balancer with another rate of these moves. */
    public SdmGrad rate(double r) {
        return new SdmGrad(lambda, iterations, r, momentum);
    }

    /** This balancer with another momentum of these moves. */
    public SdmGrad momentum(double share) {
        return new SdmGrad(lambda, iterations, rate, share);
    }

    @Override
    public Needs needs() {
        return Needs.GRAM;
    }

    @Override
    public boolean samplesTwice() {
        return true;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new Moving(tasks.size());
    }

    /** Mutable: w. */
    private final class Moving implements Weighting {

        private final Simplex simplex;
        private final double[] w;
        private final double[] velocity;
        private final double[] moved;
        private long moves;

        Moving(int tasks) {
            simplex = new Simplex(tasks);
            w = new double[tasks];
            velocity = new double[tasks];
            moved = new double[tasks];
            Arrays.fill(w, 1.0 / tasks);
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            double size = size(step);
            Arrays.fill(velocity, 0);
            boolean isFinite = true;
            for (int n = 0; n < iterations && isFinite; n++) {
                isFinite = move(step, size);
            }
            for (int t = 0; t < weights.length; t++) {
                weights[t] = (w[t] + lambda / weights.length) / (1 + lambda);
            }
        }

        /** What C is divided by. */
        private double size(WeighingStep step) {
            double mean = 0;
            for (int t = 0; t < w.length; t++) {
                mean += Math.sqrt(Math.max(0, step.crossGram(t, t))) / w.length;
            }
            return mean * mean + LEAST_SQUARE;
        }

        private boolean move(WeighingStep step, double size) {
            moves++;
            for (int i = 0; i < w.length; i++) {
                double slope = 0;
                for (int j = 0; j < w.length; j++) {
                    slope += step.crossGram(i, j) / size * (w[j] + lambda / w.length);
                }
                velocity[i] = momentum * velocity[i] + slope;
                moved[i] = w[i] - rate * velocity[i];
            }
            boolean isFinite = simplex.project(moved);
            if (isFinite) {
                System.arraycopy(moved, 0, w, 0, w.length);
            }
            return isFinite;
        }

        @Override
        public long iterations() {
            return moves;
        }

        @Override
        public void state(State state) {
            state.reals("sdmgrad weights", w);
        }
    }

    @Override
    public String toString() {
        return "sdmgrad()"
                + (lambda == DEFAULT_LAMBDA ? "" : ".lambda(" + lambda + ")")
                + (iterations == DEFAULT_ITERATIONS ? "" : ".iterations(" + iterations + ")")
                + (rate == DEFAULT_RATE ? "" : ".rate(" + rate + ")")
                + (momentum == DEFAULT_MOMENTUM ? "" : ".momentum(" + momentum + ")");
    }
}
