package org.mtl4j.sharing;

import java.util.List;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Parameters;

/** Engine API, mutable scratch: the penalty by which soft sharing ties the nets of the tasks. */
public final class Coupling {

    private final Soft.Penalty penalty;
    private final double lambda;
    private final List<List<Parameter>> tied;
    private final Parameters parameters;
    private final float[] mean;

    Coupling(Soft.Penalty penalty, double lambda, List<Counterparts> layers, Parameters parameters) {
        this.penalty = penalty;
        this.lambda = lambda;
        this.tied =
                layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
        this.parameters = parameters;
        int largest =
                tied.stream().mapToInt(copies -> copies.get(0).size()).max().orElse(0);
        this.mean = new float[largest];
    }

    /** What ties nothing. */
    static Coupling none(Parameters parameters) {
        return new Coupling(Soft.Penalty.DISTANCE, 0, List.of(), parameters);
    }

    /** The factor of the penalty in the total loss. */
    public double lambda() {
        return lambda;
    }

    /** The penalty at the present parameters, without lambda; its gradient, times lambda, is added to the gradient. */
    public double apply() {
        double value = 0;
        for (int p = 0; p < tied.size(); p++) {
            List<Parameter> copies = tied.get(p);
            value += penalty == Soft.Penalty.DISTANCE ? distances(copies) : norms(copies);
        }
        return value;
    }

    /** sum_{i<j} ||a_i - a_j||^2 = T sum_i ||a_i - m||^2 with m the mean of T copies; by a_i: 2 T (a_i - m). */
    private double distances(List<Parameter> copies) {
        float[] values = parameters.values();
        int tasks = copies.size();
        int n = copies.get(0).size();
        int first = copies.get(0).offset();
        System.arraycopy(values, first, mean, 0, n);
        for (int t = 1; t < tasks; t++) {
            addDifference(values, first, copies.get(t).offset(), n, 1f / tasks);
        }
        double sum = 0;
        for (int t = 0; t < tasks; t++) {
            sum += pull(copies.get(t).offset(), n, (float) (2 * lambda * tasks));
        }
        return tasks * sum;
    }

    /** mean += share (a_t - a_1): where all copies are equal, so is the mean, to the last bit. */
    private void addDifference(float[] values, int first, int at, int n, float share) {
        for (int k = 0; k < n; k++) {
            mean[k] += share * (values[at + k] - values[first + k]);
        }
    }

    private double pull(int at, int n, float factor) {
        float[] values = parameters.values();
        float[] gradient = parameters.gradient();
        double sum = 0;
        for (int k = 0; k < n; k++) {
            float d = values[at + k] - mean[k];
            gradient[at + k] += factor * d;
            sum += (double) d * d;
        }
        return sum;
    }

    /** sum_i ||a_i||^2; by a_i: 2 a_i. */
    private double norms(List<Parameter> copies) {
        float[] values = parameters.values();
        float[] gradient = parameters.gradient();
        float factor = (float) (2 * lambda);
        double sum = 0;
        for (int t = 0; t < copies.size(); t++) {
            int at = copies.get(t).offset();
            for (int k = at; k < at + copies.get(t).size(); k++) {
                gradient[k] += factor * values[k];
                sum += (double) values[k] * values[k];
            }
        }
        return sum;
    }
}
