package org.mtl4j.measure;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.fitted.Metric;

/**
 * Joint against single-task training of one task, measured by one metric: a pair of values per seed.
 *
 * @param task the task's name
 * @param metric what was measured
 * @param single the values of the single-task trainings, one per seed; NaN if a training has none
 * @param joint the values of the joint trainings, of the same seeds in the same order
 */
public record TaskTransfer(String task, Metric metric, List<Double> single, List<Double> joint) {

    public TaskTransfer {
        single = List.copyOf(single);
        joint = List.copyOf(joint);
        if (single.isEmpty() || single.size() != joint.size()) {
            throw new IllegalArgumentException(
                    "Task '%s': %d single-task values but %d joint values of %s.\nGive one pair per seed, at least one."
                            .formatted(task, single.size(), joint.size(), metric.name()));
        }
    }

    /** Joint minus single per seed, signed so that positive is a gain; pairs with a NaN are left out. */
    public List<Double> gains() {
        List<Double> gains = new ArrayList<>();
        for (int i = 0; i < single.size(); i++) {
            double gain = metric.gain(single.get(i), joint.get(i));
            if (Double.isFinite(gain)) {
                gains.add(gain);
            }
        }
        return List.copyOf(gains);
    }

    /** Pairs in which a training has no finite value. */
    public int leftOut() {
        return single.size() - gains().size();
    }

    /** The mean gain with its t interval over seeds. */
    public Interval interval() {
        return Interval.of(gains());
    }

    /** Whether the interval shows a gain, a harm, or neither. */
    public Verdict verdict() {
        return Verdict.of(interval());
    }

    /** The mean of the single-task values of the pairs that count; NaN without one. */
    public double meanSingle() {
        return mean(single);
    }

    /** The mean of the joint values of the pairs that count; NaN without one. */
    public double meanJoint() {
        return mean(joint);
    }

    private double mean(List<Double> values) {
        double sum = 0;
        int n = 0;
        for (int i = 0; i < values.size(); i++) {
            if (Double.isFinite(joint.get(i) - single.get(i))) {
                sum += values.get(i);
                n++;
            }
        }
        return n == 0 ? Double.NaN : sum / n;
    }
}
