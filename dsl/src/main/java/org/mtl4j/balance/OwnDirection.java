package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mtl4j.tensor.Rows;

/**
 * A balancer of the user's own that answers the update of the shared parameters itself: a formula from the tasks' gradients to a
 * direction, under a name. The words of the DSL give it ND4J arrays.
 *
 * <pre>{@code
 * direction("sum", (gradients, step) -> gradients.sum(0))
 * }</pre>
 *
 * <p>As an {@link Own} formula it has no state of its own and draws from {@link WeighingStep#random} alone. A task without labels
 * in the batch has a gradient of zeros. The heads get weight 1.
 *
 * <p>Its weights are recorded as those of any other: w that makes ||sum_i w_i g_i - d|| least, the shortest such w in units of the
 * gradients' lengths where they depend on each other (an eigenvalue of their cosines of at most {@link #NO_RANK}, about what single
 * precision can tell from zero); a gradient of zero gets 0. Of a d that is a combination of the gradients they are its
 * coefficients.
 *
 * <p>Every answer is checked: one finite number for each shared parameter. An answer to a loss that is not finite is not: the
 * training ends there by itself. The name and the version stand for the formula, as with {@link Own}.
 *
 * <p>Cost: the gradients of all tasks by all shared parameters, in one pass, and the formula; memory for them, T numbers a
 * parameter.
 *
 * @param name what it is called
 * @param formula the update of a step
 * @param version tells one formula of this name from another; empty where none is given
 */
public record OwnDirection(String name, Formula formula, String version) implements Balancer {

    /** The eigenvalue of the gradients' cosines up to which they count as depending on each other. */
    public static final double NO_RANK = 1e-6;

    /** Answers the update of the shared parameters. */
    @FunctionalInterface
    public interface Formula {
        /** The update, [parameters], in the order of {@link WeighingStep#gradients}; null is an error. */
        float @Nullable [] direction(WeighingStep step);
    }

    public OwnDirection {
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    "direction(\"%s\", ..): it has no name.%nName it as it shall stand in tables: direction(\"mean\", (gradients, step) -> ..)."
                            .formatted(name));
        }
    }

    /** This balancer as another version of its formula. */
    public OwnDirection version(String other) {
        return new OwnDirection(name, formula, other);
    }

    @Override
    public Needs needs() {
        return Needs.GRADIENTS;
    }

    @Override
    public List<String> formulas() {
        return List.of(toString());
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new Answering(tasks.size());
    }

    private float[] answer(WeighingStep step) {
        float[] answer = formula.direction(step);
        if (answer == null) {
            throw new IllegalArgumentException(
                    "%s: it answered null in step %d.%nAnswer one number for each of the %d shared parameters."
                            .formatted(this, step.number(), step.parameters()));
        }
        if (answer.length != step.parameters()) {
            throw new IllegalArgumentException(
                    "%s: it answered %d numbers for %d shared parameters.%nAnswer one number for each of them, in the order of the gradients' columns."
                            .formatted(this, answer.length, step.parameters()));
        }
        return answer;
    }

    private void checkFinite(float[] answer, WeighingStep step) {
        for (int p = 0; p < answer.length; p++) {
            if (!Float.isFinite(answer[p])) {
                throw new IllegalArgumentException(
                        "%s: number %d of its answer in step %d is %s.%nThe losses are %s: let the formula answer finite numbers for their gradients."
                                .formatted(this, p, step.number(), answer[p], Arrays.toString(step.losses())));
            }
        }
    }

    /** Mutable: the answer of the step. */
    private final class Answering implements Aggregator {

        private final Eigen eigen;
        private final double[] cosines;
        private final double[] lengths;
        private final double[] products;
        private float[] answer = new float[0];

        Answering(int tasks) {
            eigen = new Eigen(tasks);
            cosines = new double[tasks * tasks];
            lengths = new double[tasks];
            products = new double[tasks];
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            step.open(Needs.GRADIENTS);
            answer = answer(step);
            boolean isFinite = IntStream.range(0, step.tasks()).allMatch(t -> Double.isFinite(step.loss(t)));
            if (isFinite) {
                checkFinite(answer, step);
                coefficients(step, weights);
            } else {
                Arrays.fill(weights, 0);
            }
        }

        /** With C the cosines and n the lengths: w = n^-1 C^+ n^-1 (g_i . d). */
        private void coefficients(WeighingStep step, double[] weights) {
            int tasks = lengths.length;
            for (int i = 0; i < tasks; i++) {
                lengths[i] = Math.sqrt(step.gram(i, i));
                double product = Rows.dot(step.gradients(), i * answer.length, answer, 0, answer.length);
                products[i] = lengths[i] > 0 ? product / lengths[i] : 0;
            }
            for (int i = 0; i < tasks; i++) {
                for (int j = 0; j < tasks; j++) {
                    boolean isZero = lengths[i] == 0 || lengths[j] == 0;
                    cosines[i * tasks + j] = isZero ? 0 : step.gram(i, j) / lengths[i] / lengths[j];
                }
            }
            eigen.decompose(cosines, tasks);
            eigen.applyInverse(products, NO_RANK, Eigen.Inverse.OF_VALUES, weights);
            for (int i = 0; i < tasks; i++) {
                weights[i] = lengths[i] > 0 ? weights[i] / lengths[i] : 0;
            }
        }

        @Override
        public void aggregate(WeighingStep step, float[] direction) {
            System.arraycopy(answer, 0, direction, 0, direction.length);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OwnDirection own && name.equals(own.name) && version.equals(own.version);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, version);
    }

    @Override
    public String toString() {
        return "direction(\"" + name + "\")" + (version.isEmpty() ? "" : ".version(\"" + version + "\")");
    }
}
