package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.bytes.State;

/**
 * Multi-objective gradient with double sampling (Chen, Fernando, Ying and Chen 2023, Three-way trade-off in multi-objective
 * learning: optimization, generalization and conflict-avoidance, algorithm MoDo; as in LibMTL, which has it from the authors):
 * the weights of {@link Mgda} move slowly, and by an unbiased estimate. With C_ij = &lt;g_i, g_j'&gt; the cross-Gram of the gradients
 * of two independent batches, w becomes the projection of w - gamma (C w + rho w) onto the simplex, at first 1 / T each; the update
 * is sum_i w_i g_i with the gradients of a third batch, the step's own. A plain Gram is biased: the noise of a batch adds to its
 * diagonal.
 *
 * <p>The two batches are drawn anew in each step from all training rows, without replacement within a batch, beside the step's own
 * batch, which follows the order of the epoch: so an epoch has as many steps as under any other method, and sees three times the
 * rows. LibMTL takes three batches of its loader in turn. The heads learn from the step's own batch, with weight 1; LibMTL takes
 * the mean over the three. The authors' own code draws two batches and descends by both. Running statistics of batch norm hear
 * all three, as there.
 *
 * <p>The defaults are LibMTL's, gamma = 0.001 and rho = 0.1; the authors' class names 0.1 for both. A task without labels in one of
 * the two batches has a row or column of 0 in C, and what moves it is what is left; the weights are kept whether the step's own
 * batch has its labels or not. A zero gradient does the same. Opposite gradients come to w_i in proportion to 1 / ||g_i||,
 * duplicate ones move alike. Where C w is not finite the weights stay. One task weighs 1. The sum of the weights is 1, that of
 * {@code equal()} T: try other learning rates.
 *
 * <p>Cost: three forward passes, and one backward signal per task in each; memory for the gradients of two batches, 2 T numbers a
 * parameter.
 *
 * @param gamma the rate of the weights, at least 0
 * @param rho pulls the weights towards each other, at least 0
 */
public record MoDo(double gamma, double rho) implements Balancer {

    /** The rate of the weights where none is given, as in LibMTL. */
    public static final double DEFAULT_GAMMA = 1e-3;

    /** The pull where none is given, as in LibMTL. */
    public static final double DEFAULT_RHO = 0.1;

    public MoDo {
        require("gamma", gamma);
        require("rho", rho);
    }

    private static void require(String word, double number) {
        if (!(number >= 0 && number < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "modo().%s(%s): it is a finite number of at least 0.%nLeave it out for LibMTL's."
                            .formatted(word, number));
        }
    }

    /** As in LibMTL. */
    public static MoDo asPublished() {
        return new MoDo(DEFAULT_GAMMA, DEFAULT_RHO);
    }

    /** This balancer with another rate of the weights. */
    public MoDo gamma(double rate) {
        return new MoDo(rate, rho);
    }

    /** This balancer with another pull of the weights towards each other. */
    public MoDo rho(double pull) {
        return new MoDo(gamma, pull);
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

    /** Mutable: the weights. */
    private final class Moving implements Weighting {

        private final Simplex simplex;
        private final double[] current;
        private final double[] moved;

        Moving(int tasks) {
            simplex = new Simplex(tasks);
            current = new double[tasks];
            moved = new double[tasks];
            Arrays.fill(current, 1.0 / tasks);
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            for (int i = 0; i < moved.length; i++) {
                double slope = rho * current[i];
                for (int j = 0; j < moved.length; j++) {
                    slope += step.crossGram(i, j) * current[j];
                }
                moved[i] = current[i] - gamma * slope;
            }
            if (simplex.project(moved)) {
                System.arraycopy(moved, 0, current, 0, moved.length);
            }
            System.arraycopy(current, 0, weights, 0, weights.length);
        }

        @Override
        public void state(State state) {
            state.reals("modo weights", current);
        }
    }

    @Override
    public String toString() {
        return "modo()"
                + (gamma == DEFAULT_GAMMA ? "" : ".gamma(" + gamma + ")")
                + (rho == DEFAULT_RHO ? "" : ".rho(" + rho + ")");
    }
}
