package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.bytes.State;

/**
 * Robust multi-task learning with excess risks (He et al. 2024, ICML; as in LibMTL and the authors' code): a task counts by
 * what it could still gain, not by its loss, which noise in its labels keeps high. The excess risk of task i is estimated by e_i
 * = sum_p g_ip^2 / sqrt(s_ip + 1e-7), with s_ip the sum of g_ip^2 over all steps so far; after the first step, whose e_i is the
 * measure of the later ones, the weights become w_i exp(rate e_i / e_i^(1)), over their sum.
 *
 * <p>The weights begin at 1 and sum to T, as in LibMTL and the authors' code. {@link #onSimplex} is TorchJD's form: they begin
 * at 1 / T and sum to 1, and the first step too moves them, by its e_i as it is. The weights reach the heads, as in LibMTL. The
 * rate 0.01 is that of LibMTL's documented runs; TorchJD has 1. A task without labels in the batch has no e_i: its weight is left
 * as it is in the product, and 0 in the step. A task whose first gradient is zero is measured by its first that is not.
 *
 * <p>Cost: the gradients of all tasks by all shared parameters, in one pass; memory for them and for the sums, 2 T numbers a
 * parameter.
 *
 * @param rate how fast the weights follow, above 0
 * @param sum what the weights sum to, and how they begin
 */
public record ExcessMtl(double rate, Sum sum) implements Balancer {

    /** The rate where none is given. */
    public static final double DEFAULT_RATE = 0.01;

    private static final double LEAST_SUM = 1e-7;

    /** What the weights sum to. */
    public enum Sum {
        /** The number of tasks; the first step only measures. */
        TASKS,
        /** 1; the first step moves the weights too. */
        ONE
    }

    public ExcessMtl {
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "excessMtl().rate(%s): it is a finite number above 0.%nGive 0.01, or more for weights that move faster."
                            .formatted(rate));
        }
    }

    /** As in LibMTL. */
    public static ExcessMtl asPublished() {
        return new ExcessMtl(DEFAULT_RATE, Sum.TASKS);
    }

    /** This balancer with another rate. */
    public ExcessMtl rate(double r) {
        return new ExcessMtl(r, sum);
    }

    /** This balancer with weights that sum to 1, as in TorchJD. */
    public ExcessMtl onSimplex() {
        return new ExcessMtl(rate, Sum.ONE);
    }

    @Override
    public Needs needs() {
        return Needs.GRADIENTS;
    }

    @Override
    public Heads heads() {
        return Heads.WEIGHTED;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new Risks(tasks.size());
    }

    /** Mutable: the sums of squares, the first risks and the weights. */
    private final class Risks implements Weighting {

        private final double[] first;
        private final double[] current;
        private final double[] gains;
        private float[] squares = new float[0];

        Risks(int tasks) {
            first = new double[tasks];
            current = new double[tasks];
            gains = new double[tasks];
            Arrays.fill(current, sum == Sum.TASKS ? 1 : 1.0 / tasks);
        }

        @Override
        public void open(int parameters) {
            squares = new float[current.length * parameters];
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            double most = Double.NEGATIVE_INFINITY;
            for (int t = 0; t < current.length; t++) {
                gains[t] = step.isLabelled(t) ? rate * gain(t, risk(step, t)) : 0;
                most = Math.max(most, gains[t]);
            }
            double total = 0;
            for (int t = 0; t < current.length; t++) {
                current[t] *= StrictMath.exp(gains[t] - most); // shifted by the max: no overflow
                total += current[t];
            }
            double goal = sum == Sum.TASKS ? current.length : 1;
            for (int t = 0; t < current.length; t++) {
                current[t] *= goal / total;
                weights[t] = step.isLabelled(t) ? current[t] : 0;
            }
        }

        /** The risk by the first one; of the first what moves the weights in that step. */
        private double gain(int t, double risk) {
            if (first[t] > 0) {
                return sum == Sum.TASKS ? risk / first[t] : risk / (first[t] + LEAST_SUM);
            }
            first[t] = risk;
            return sum == Sum.TASKS ? 0 : risk;
        }

        private double risk(WeighingStep step, int t) {
            float[] gradients = step.gradients();
            int n = step.parameters();
            double risk = 0;
            for (int at = t * n; at < (t + 1) * n; at++) {
                double square = (double) gradients[at] * gradients[at];
                squares[at] += (float) square;
                risk += square / Math.sqrt(squares[at] + LEAST_SUM);
            }
            return risk;
        }

        @Override
        public void state(State state) {
            state.floats("excessMtl squares", squares);
            state.reals("excessMtl first risks", first);
            state.reals("excessMtl weights", current);
        }
    }

    @Override
    public String toString() {
        return "excessMtl()"
                + (rate == DEFAULT_RATE ? "" : ".rate(" + rate + ")")
                + (sum == Sum.TASKS ? "" : ".onSimplex()");
    }
}
