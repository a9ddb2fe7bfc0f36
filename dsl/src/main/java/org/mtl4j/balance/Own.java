package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A balancer of the user's own: a formula from what is known in a step to one weight per task, under a name.
 *
 * <pre>{@code
 * balancer("inverse loss", step -> IntStream.range(0, step.tasks()).mapToDouble(t -> 1 / step.loss(t)).toArray())
 * }</pre>
 *
 * <p>The formula has no state of its own: it is called once a step, by several trainings at once where a study runs them
 * side by side, and must answer the same weights to the same step. It draws from {@link WeighingStep#random} alone.
 * {@link #readsGram} gives it the Gram of the task gradients, {@link #readsGradients} these gradients too; without it they are
 * not computed and asking for them is an error.
 *
 * <p>Every answer is checked: one finite weight per task, and none below 0 unless it reads one of these (a loss with a
 * negative weight is driven up without end; a combination of gradients may subtract one). An answer to a loss that is
 * not finite is not checked: the training ends there by itself.
 *
 * <p>A lambda cannot be compared or saved, so the name and the version stand for it: two of the same words are equal.
 * Give another {@link #version} where the formula changes.
 *
 * <p>Cost: that of the formula; with {@link #readsGram} one backward signal per task and the Gram, with {@link #readsGradients} the
 * gradients of all tasks too, T numbers a shared parameter.
 *
 * @param name what it is called
 * @param formula the weights of a step
 * @param version tells one formula of this name from another; empty where none is given
 * @param needs what it reads
 * @param heads what the heads get, where it reads the Gram
 */
public record Own(String name, Formula formula, String version, Needs needs, Heads heads) implements Balancer {

    /** Answers one weight per task, in the order of {@link WeighingStep#names}. */
    @FunctionalInterface
    public interface Formula {
        /** The weights of this step, [tasks]. */
        double[] weights(WeighingStep step);
    }

    public Own {
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    "balancer(\"%s\", ..): it has no name.%nName it as it shall stand in tables: balancer(\"inverse loss\", step -> ..)."
                            .formatted(name));
        }
    }

    /** A formula that reads losses. */
    public static Own of(String name, Formula formula) {
        return new Own(name, formula, "", Needs.LOSSES, Heads.UNIT);
    }

    /** This balancer with the Gram of the task gradients to read: {@code step.gram(i, j)}. It costs a pass per task. */
    public Own readsGram() {
        return new Own(name, formula, version, Needs.GRAM, heads);
    }

    /**
     * This balancer with the gradients of the shared parameters to read, {@code step.gradients()}, and their Gram: for T times
     * the memory of a gradient. {@code direction(..)} answers the update itself.
     */
    public Own readsGradients() {
        return new Own(name, formula, version, Needs.GRADIENTS, heads);
    }

    /** This balancer, which reads the Gram or the gradients, with its weights on the heads too. */
    public Own headsWeighted() {
        return new Own(name, formula, version, needs, Heads.WEIGHTED);
    }

    /** This balancer as another version of its formula. */
    public Own version(String other) {
        return new Own(name, formula, other, needs, heads);
    }

    @Override
    public List<String> formulas() {
        return List.of(toString());
    }

    @Override
    public Weighting start(List<String> tasks) {
        return (step, weights) -> {
            step.open(needs);
            double[] answer = Objects.requireNonNull(
                    formula.weights(step),
                    () -> this + ": it answered null in step " + step.number() + ".\nAnswer one weight for each of "
                            + step.names() + ", in this order.");
            check(answer, step);
            System.arraycopy(answer, 0, weights, 0, weights.length);
        };
    }

    private void check(double[] answer, WeighingStep step) {
        if (answer.length != step.tasks()) {
            throw new IllegalArgumentException(
                    "%s: it answered %d weights for %d tasks.%nAnswer one weight for each of %s, in this order."
                            .formatted(this, answer.length, step.tasks(), step.names()));
        }
        boolean isFinite = IntStream.range(0, step.tasks()).allMatch(t -> Double.isFinite(step.loss(t)));
        for (int t = 0; t < answer.length && isFinite; t++) {
            if (!Double.isFinite(answer[t])) {
                throw new IllegalArgumentException(
                        "%s: the weight %s of task '%s' in step %d is not a finite number.%nThe losses are %s: let the formula answer a number for them."
                                .formatted(
                                        this,
                                        answer[t],
                                        step.names().get(t),
                                        step.number(),
                                        Arrays.toString(step.losses())));
            }
            if (needs == Needs.LOSSES && answer[t] < 0) {
                throw new IllegalArgumentException(
                        "%s: the weight %s of task '%s' in step %d is below 0, which drives its loss up without end.%nAnswer weights of at least 0; negative ones are for a formula that reads gradients: .readsGram()."
                                .formatted(this, answer[t], step.names().get(t), step.number()));
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Own own
                && name.equals(own.name)
                && version.equals(own.version)
                && needs == own.needs
                && heads == own.heads;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, version, needs, heads);
    }

    @Override
    public String toString() {
        return "balancer(\"" + name + "\")"
                + switch (needs) {
                    case LOSSES -> "";
                    case GRAM -> ".readsGram()";
                    case GRADIENTS -> ".readsGradients()";
                }
                + (heads == Heads.UNIT ? "" : ".headsWeighted()")
                + (version.isEmpty() ? "" : ".version(\"" + version + "\")");
    }
}
