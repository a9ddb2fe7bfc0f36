package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.bytes.State;
import org.mtl4j.tensor.Rows;

/**
 * Multi-objective gradient with correction (Fernando et al. 2023, Mitigating gradient bias in multi-objective learning: a
 * provably convergent approach; as in LibMTL, which has it from the authors): gradients of batches are noisy, and the weights of
 * {@link Mgda} are biased by that, so each task's gradient is tracked by y_i, which moves to L_i g_i / (||g_i|| + 1e-8) by the
 * share beta_n; then w = softmax(w - gamma_n (Y Y^T + rho I) w), at first 1 / T each, and the update is sum_i w_i y_i. In step n =
 * 1, 2, .. beta_n = beta / n^betaDecay and gamma_n = gamma / n^gammaDecay, with y_i at first 0.
 *
 * <p>The defaults are LibMTL's. The weights recorded are w; they reach the y_i, not the gradients of the step, and so no head. A
 * task without labels in the batch keeps its y_i, and its share of the update.
 *
 * <p>Cost: the gradients of all tasks by all shared parameters, in one pass; memory for them and for the y_i, 2 T numbers a
 * parameter.
 *
 * @param beta the share that y moves by in the first step, in (0, 1]
 * @param betaDecay the power of the step that beta falls with
 * @param gamma the rate of the weights in the first step
 * @param gammaDecay the power of the step that gamma falls with
 * @param rho pulls the weights towards each other
 */
public record MoCo(double beta, double betaDecay, double gamma, double gammaDecay, double rho) implements Balancer {

    private static final double LEAST_LENGTH = 1e-8;

    public MoCo {
        if (!(beta > 0 && beta <= 1)) {
            throw new IllegalArgumentException(
                    "moco().beta(%s): it is a number above 0 and at most 1.%nGive 0.5, or less where batches are small."
                            .formatted(beta));
        }
        require("beta decay", betaDecay);
        require("gamma", gamma);
        require("gamma decay", gammaDecay);
        require("rho", rho);
    }

    private static void require(String noun, double number) {
        if (!(number >= 0 && number < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "moco(): the %s %s is not a finite number of at least 0.%nLeave it out for LibMTL's."
                            .formatted(noun, number));
        }
    }

    /** As in LibMTL. */
    public static MoCo asPublished() {
        return new MoCo(0.5, 0.5, 0.1, 0.5, 0);
    }

    /** This balancer with another share that y moves by, and the power of the step that it falls with. */
    public MoCo beta(double share, double decay) {
        return new MoCo(share, decay, gamma, gammaDecay, rho);
    }

    /** This balancer with another rate of the weights, and the power of the step that it falls with. */
    public MoCo gamma(double rate, double decay) {
        return new MoCo(beta, betaDecay, rate, decay, rho);
    }

    /** This balancer with a pull of the weights towards each other. */
    public MoCo rho(double pull) {
        return new MoCo(beta, betaDecay, gamma, gammaDecay, pull);
    }

    @Override
    public Needs needs() {
        return Needs.GRADIENTS;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new Tracking(tasks.size());
    }

    /** Mutable: the tracked gradients and the weights. */
    private final class Tracking implements Aggregator {

        private final double[] current;
        private final double[] products;
        private float[] y = new float[0];
        private long steps;

        Tracking(int tasks) {
            current = new double[tasks];
            products = new double[tasks];
            Arrays.fill(current, 1.0 / tasks);
        }

        @Override
        public void open(int parameters) {
            y = new float[current.length * parameters];
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            steps++;
            track(step, beta / StrictMath.pow((double) steps, betaDecay));
            double rate = gamma / StrictMath.pow((double) steps, gammaDecay);
            int n = step.parameters();
            for (int i = 0; i < current.length; i++) {
                products[i] = rho * current[i];
                for (int j = 0; j < current.length; j++) {
                    products[i] += Rows.dot(y, i * n, y, j * n, n) * current[j];
                }
            }
            for (int i = 0; i < current.length; i++) {
                current[i] -= rate * products[i];
            }
            Softmax.of(current, 1);
            System.arraycopy(current, 0, weights, 0, weights.length);
        }

        private void track(WeighingStep step, double share) {
            int n = step.parameters();
            for (int t = 0; t < current.length; t++) {
                if (step.isLabelled(t)) {
                    double length = Math.sqrt(step.gram(t, t)) + LEAST_LENGTH;
                    Rows.scaled((float) (1 - share), y, t * n, y, t * n, n);
                    Rows.addScaled((float) (share * step.loss(t) / length), step.gradients(), t * n, y, t * n, n);
                }
            }
        }

        @Override
        public void aggregate(WeighingStep step, float[] direction) {
            Arrays.fill(direction, 0f);
            for (int t = 0; t < current.length; t++) {
                Rows.addScaled((float) current[t], y, t * direction.length, direction, 0, direction.length);
            }
        }

        @Override
        public void state(State state) {
            steps = state.number("moco steps", steps);
            state.floats("moco tracked gradients", y);
            state.reals("moco weights", current);
        }
    }

    @Override
    public String toString() {
        MoCo usual = asPublished();
        return "moco()"
                + (beta == usual.beta && betaDecay == usual.betaDecay ? "" : ".beta(" + beta + ", " + betaDecay + ")")
                + (gamma == usual.gamma && gammaDecay == usual.gammaDecay
                        ? ""
                        : ".gamma(" + gamma + ", " + gammaDecay + ")")
                + (rho == usual.rho ? "" : ".rho(" + rho + ")");
    }
}
