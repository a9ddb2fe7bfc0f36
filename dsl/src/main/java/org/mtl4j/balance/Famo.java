package org.mtl4j.balance;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mtl4j.bytes.State;
import org.mtl4j.task.Task;

/**
 * Fast adaptive multitask optimization (Liu, Feng, Stone and Liu 2023, arXiv 2306.03792, algorithm 1): all losses are to fall
 * at one relative rate. The weights are w_i = c z_i / (L_i - b_i + 1e-8) with z = softmax(xi) and c such that they sum to 1:
 * the gradient of sum_i z_i log(L_i - b_i), scaled. After the step the losses of the same batch are computed again, and Adam
 * moves the logits xi down J^T delta, with J the Jacobian of the softmax and delta_i = log(L_i - b_i + 1e-8) before minus
 * after: a task whose loss fell more than the others' gets less.
 *
 * <p>Adam's rate 0.025 is the paper's, the decay 0.001 (added to the gradient as gamma xi) that of LibMTL and TorchJD; the
 * authors' class has 0.01. b_i is a bound that the loss stays above, 0 unless told otherwise ({@link #atLeast}); a loss below
 * it counts as on it. The authors clip the shared gradient at a norm of 1: {@code recipe.optimise(..clip)} does. A task
 * without labels in the batch has weight 0 and no delta; one task alone weighs 1.
 *
 * <p>Cost: one forward pass more a step, under the masks of the first; running statistics hear the first only.
 *
 * @param rate Adam's rate for the logits, at least 0
 * @param decay gamma, at least 0
 * @param bounds b, by task name; 0 where none is given
 */
public record Famo(double rate, double decay, Map<String, Double> bounds) implements Balancer {

    /** Adam's rate where none is given, as in the paper. */
    public static final double DEFAULT_RATE = 0.025;

    /** The decay where none is given, as in LibMTL. */
    public static final double DEFAULT_DECAY = 1e-3;

    private static final double LEAST_LOSS = 1e-8;
    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double ADAM_EPSILON = 1e-8;

    public Famo {
        bounds = Collections.unmodifiableMap(new LinkedHashMap<>(bounds));
        requireNumber("rate", rate);
        requireNumber("decay", decay);
        for (Map.Entry<String, Double> bound : bounds.entrySet()) {
            if (!Double.isFinite(bound.getValue())) {
                throw new IllegalArgumentException(
                        "famo().atLeast(\"%s\", %s): it is a finite number.%nGive a number that the loss stays above, such as 0."
                                .formatted(bound.getKey(), bound.getValue()));
            }
        }
    }

    private static void requireNumber(String word, double number) {
        if (!(number >= 0 && number < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "famo().%s(%s): it is a finite number of at least 0.%nLeave it out for the default."
                            .formatted(word, number));
        }
    }

    /** FAMO as published. */
    public static Famo asPublished() {
        return new Famo(DEFAULT_RATE, DEFAULT_DECAY, Map.of());
    }

    /** This balancer with another rate of the logits. */
    public Famo rate(double r) {
        return new Famo(r, decay, bounds);
    }

    /** This balancer with another decay of the logits. */
    public Famo decay(double gamma) {
        return new Famo(rate, gamma, bounds);
    }

    /** This balancer with a number that a task's loss stays above. */
    public Famo atLeast(Task<?> task, double bound) {
        return atLeast(task.name(), bound);
    }

    /** This balancer with a number that a task's loss stays above, by task name. */
    public Famo atLeast(String task, double bound) {
        Map<String, Double> more = new LinkedHashMap<>(bounds);
        more.put(task, bound);
        return new Famo(rate, decay, more);
    }

    @Override
    public Famo restrictTo(List<String> tasks) {
        Map<String, Double> fewer = new LinkedHashMap<>(bounds);
        fewer.keySet().retainAll(tasks);
        return new Famo(rate, decay, fewer);
    }

    @Override
    public Needs needs() {
        return Needs.LOSSES;
    }

    @Override
    public boolean hearsUpdate() {
        return true;
    }

    @Override
    public Weighting start(List<String> tasks) {
        for (String name : bounds.keySet()) {
            if (!tasks.contains(name)) {
                throw new IllegalArgumentException(
                        "%s: there is a bound for '%s', which is no task of the recipe.%nThe tasks are %s."
                                .formatted(this, name, tasks));
            }
        }
        return new Logits(
                tasks.stream().mapToDouble(t -> bounds.getOrDefault(t, 0.0)).toArray());
    }

    /** Mutable: the logits and Adam's moments of them. */
    private final class Logits implements Weighting {

        private final double[] least;
        private final double[] logits;
        private final double[] first;
        private final double[] second;
        private final double[] shares;
        private final double[] before;
        private long moves;

        Logits(double[] least) {
            int tasks = least.length;
            this.least = least;
            logits = new double[tasks];
            first = new double[tasks];
            second = new double[tasks];
            shares = new double[tasks];
            before = new double[tasks];
        }

        private double above(WeighingStep step, int t) {
            return Math.max(step.loss(t) - least[t], 0) + LEAST_LOSS;
        }

        /** z: the softmax of the logits over all tasks. */
        private void softmax() {
            System.arraycopy(logits, 0, shares, 0, logits.length);
            Softmax.of(shares, 1);
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            softmax();
            double sum = 0;
            for (int t = 0; t < weights.length; t++) {
                before[t] = above(step, t);
                weights[t] = step.isLabelled(t) ? shares[t] / before[t] : 0;
                sum += weights[t];
            }
            for (int t = 0; t < weights.length && sum > 0; t++) {
                weights[t] /= sum;
            }
        }

        @Override
        public void hear(WeighingStep after) {
            softmax();
            double mean = 0;
            for (int t = 0; t < before.length; t++) {
                // from here on the difference of the logs
                before[t] = after.isLabelled(t) ? StrictMath.log(before[t]) - StrictMath.log(above(after, t)) : 0;
                mean += shares[t] * before[t];
            }
            moves++;
            double one = 1 - StrictMath.pow(BETA_1, (double) moves);
            double two = Math.sqrt(1 - StrictMath.pow(BETA_2, (double) moves));
            for (int t = 0; t < logits.length; t++) {
                double gradient = shares[t] * (before[t] - mean) + decay * logits[t];
                first[t] = BETA_1 * first[t] + (1 - BETA_1) * gradient;
                second[t] = BETA_2 * second[t] + (1 - BETA_2) * gradient * gradient;
                logits[t] -= rate / one * first[t] / (Math.sqrt(second[t]) / two + ADAM_EPSILON);
            }
        }

        @Override
        public void state(State state) {
            moves = state.number("famo moves", moves);
            state.reals("famo logits", logits);
            state.reals("famo first moments", first);
            state.reals("famo second moments", second);
        }
    }

    @Override
    public String toString() {
        return "famo()"
                + (rate == DEFAULT_RATE ? "" : ".rate(" + rate + ")")
                + (decay == DEFAULT_DECAY ? "" : ".decay(" + decay + ")")
                + bounds.entrySet().stream()
                        .map(each -> ".atLeast(\"" + each.getKey() + "\", " + each.getValue() + ")")
                        .collect(Collectors.joining());
    }
}
