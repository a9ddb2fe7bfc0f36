package org.mtl4j.balance;

import java.util.random.RandomGenerator;
import org.mtl4j.golden.Tensors;
import org.mtl4j.tensor.Draws;
import tools.jackson.databind.JsonNode;

/** Makes the view of a step that a balancer sees, from given gradients and losses. */
public final class Steps {

    private Steps() {}

    /** A step with these losses. Every task has labels. */
    public static WeighingStep ofLosses(double... losses) {
        WeighingStep step = new WeighingStep(BalancerContract.tasks(losses.length), Draws.generator(1));
        step.begin(0);
        for (int t = 0; t < losses.length; t++) {
            step.losses()[t] = losses[t];
            step.labelled()[t] = 1;
        }
        return step;
    }

    /** A step with the Gram of these gradients, [tasks][parameters], which further batches have too, drawing from this seed. */
    public static WeighingStep ofGradients(double[][] gradients, long seed) {
        return of(gradients, Draws.generator(seed));
    }

    /** The same, drawing from this generator. */
    static WeighingStep of(double[][] gradients, RandomGenerator random) {
        int tasks = gradients.length;
        WeighingStep step = new WeighingStep(BalancerContract.tasks(tasks), random);
        step.begin(0);
        for (int i = 0; i < tasks; i++) {
            step.losses()[i] = 1;
            step.labelled()[i] = 1;
            for (int j = 0; j < tasks; j++) {
                step.gram()[i * tasks + j] = dot(gradients[i], gradients[j]);
                step.crossGram()[i * tasks + j] = dot(gradients[i], gradients[j]);
            }
        }
        bind(step, gradients);
        return step;
    }

    /** Shows a step these gradients, [tasks][parameters], as floats. */
    static void bind(WeighingStep step, double[][] gradients) {
        int parameters = gradients[0].length;
        float[] all = new float[gradients.length * parameters];
        for (int i = 0; i < all.length; i++) {
            all[i] = (float) gradients[i / parameters][i % parameters];
        }
        step.bindGradients(all, parameters);
    }

    /** sum_i w_i g_i. */
    public static double[] combination(double[] weights, double[][] gradients) {
        double[] sum = new double[gradients[0].length];
        for (int i = 0; i < weights.length; i++) {
            for (int p = 0; p < sum.length; p++) {
                sum[p] += weights[i] * gradients[i][p];
            }
        }
        return sum;
    }

    /** Fails unless these weights combine the gradients of a golden case to its direction, where it has both. */
    static void assertDirection(double[] weights, JsonNode gradients, JsonNode direction, double tolerance) {
        if (!gradients.isMissingNode() && !direction.isMissingNode()) {
            double[][] rows = gradients.valueStream().map(Tensors::values).toArray(double[][]::new);
            Tensors.assertClose("direction", combination(weights, rows), Tensors.values(direction), tolerance);
        }
    }

    /** The inner product. */
    public static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
