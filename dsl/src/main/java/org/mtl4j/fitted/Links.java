package org.mtl4j.fitted;

import java.util.Arrays;
import org.mtl4j.data.Standardisation;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;

/** Makes what a user reads of what a head puts out: probabilities, or numbers in the target's unit. */
final class Links {

    private Links() {}

    /**
     * A task's predictions.
     *
     * @param outputs [rows, outputs], may be overwritten
     * @param own the loss's own parameters; empty where it has none
     * @return [rows, classes], [rows, labels] or [rows, dimensions]
     */
    static Matrix apply(Objective objective, Standardisation standardisation, int rows, float[] outputs, float[] own) {
        String name = objective.task().name();
        if (objective.isRegression()) {
            if (!(objective.task().kind() instanceof Task.Kind.Ranking)) { // a score to rank by has no unit
                standardisation.invert(name, outputs);
            }
            return Matrix.own(name, rows, objective.outputs(), outputs);
        }
        if (objective.task().kind() instanceof Task.Kind.Pairs pairs) {
            Retrieval.normalise(outputs, pairs.width());
            return Matrix.own(name, rows, objective.outputs(), outputs);
        }
        if (objective.task().kind() instanceof Task.Kind.Binary) {
            return Matrix.own(name, rows, 2, binary(outputs, objective.positiveIndex()));
        }
        if (objective.isOrdinal()) {
            return Matrix.own(name, rows, own.length + 1, ordinal(outputs, own));
        }
        if (objective.isMultiLabel()) {
            sigmoid(outputs);
            return Matrix.own(name, rows, objective.outputs(), outputs);
        }
        softmax(outputs, objective.outputs());
        return Matrix.own(name, rows, objective.outputs(), outputs);
    }

    /** 1 / (1 + e^-x) for the positive class and 1 / (1 + e^x) for the other. @param x log-odds [rows]. */
    private static float[] binary(float[] x, int positive) {
        float[] p = new float[2 * x.length];
        for (int r = 0; r < x.length; r++) {
            p[2 * r + positive] = (float) (1 / (1 + StrictMath.exp(-(double) x[r])));
            p[2 * r + 1 - positive] = (float) (1 / (1 + StrictMath.exp(x[r])));
        }
        return p;
    }

    /**
     * P(k) = P(above k - 1) - P(above k), with P(above k) = 1 / (1 + e^-(s + b_k)) and the biases b in falling order, in which
     * no probability is below 0.
     *
     * @param s scores [rows]
     * @param biases b, in any order
     */
    private static float[] ordinal(float[] s, float[] biases) {
        float[] rising = biases.clone();
        Arrays.sort(rising);
        int classes = rising.length + 1;
        float[] p = new float[s.length * classes];
        for (int r = 0; r < s.length; r++) {
            double above = 1;
            for (int k = 0; k < classes; k++) {
                int bias = rising.length - 1 - k;
                double next = k == classes - 1 ? 0 : 1 / (1 + StrictMath.exp(-((double) s[r] + rising[bias])));
                p[r * classes + k] = (float) (above - next);
                above = next;
            }
        }
        return p;
    }

    /** 1 / (1 + e^-x). @param x log-odds, modified. */
    private static void sigmoid(float[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (1 / (1 + StrictMath.exp(-(double) x[i])));
        }
    }

    /** e^x_i / sum_j e^x_j over each row, shifted by the row's max: no overflow. @param x [rows, k], modified. */
    static void softmax(float[] x, int k) {
        double[] e = new double[k];
        for (int at = 0; at < x.length; at += k) {
            float max = x[at];
            for (int c = 1; c < k; c++) {
                max = Math.max(max, x[at + c]);
            }
            double sum = 0;
            for (int c = 0; c < k; c++) {
                e[c] = StrictMath.exp((double) x[at + c] - max);
                sum += e[c];
            }
            for (int c = 0; c < k; c++) {
                x[at + c] = (float) (e[c] / sum);
            }
        }
    }
}
