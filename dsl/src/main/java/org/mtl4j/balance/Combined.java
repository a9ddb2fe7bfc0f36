package org.mtl4j.balance;

import java.util.List;
import org.mtl4j.bytes.State;

/**
 * A loss method and a gradient method, one after the other: the first scales the losses, and the second weighs the tasks by
 * the gradients of the scaled losses. With a_i the weights of the first, the second sees the losses a_i L_i and the Gram a_i a_j
 * G_ij, and with b_i its weights the update of the shared parameters is sum_i b_i a_i g_i.
 *
 * <p>{@link Imtl} is this of {@code imtlL()} and {@code imtlG()}. What a loss method does at a task without labels, and a
 * gradient method at a zero gradient, are theirs. Heads get the scales a_i, and a_i b_i where the second method reaches heads.
 *
 * <p>Cost: those of both, and 2 T^2 numbers of memory.
 *
 * @param losses scales the losses
 * @param gradients weighs the tasks by the gradients of the scaled losses
 */
public record Combined(Balancer losses, Balancer gradients) implements Balancer {

    public Combined {
        if (losses.needs() != Needs.LOSSES) {
            throw new IllegalArgumentException(
                    "combined(%s, ..): the first method scales the losses, and %s reads gradients.%nGive a loss method first, and a gradient method after it: combined(uncertainty(), pcgrad())."
                            .formatted(losses, losses));
        }
        if (gradients.needs() == Needs.LOSSES) {
            throw new IllegalArgumentException(
                    "combined(.., %s): the second method weighs by gradients, and %s reads losses only.%nGive a loss method first, and a gradient method after it: combined(uncertainty(), pcgrad())."
                            .formatted(gradients, gradients));
        }
        if (gradients.needs() == Needs.GRADIENTS) {
            throw new IllegalArgumentException(
                    "combined(.., %s): %s reads the gradients number by number, as they are before the losses are scaled.%nTake a method that reads their inner products, such as mgda() or pcgrad()."
                            .formatted(gradients, gradients));
        }
    }

    @Override
    public Needs needs() {
        return Needs.GRAM;
    }

    @Override
    public Heads heads() {
        return gradients.heads() == Heads.WEIGHTED ? Heads.WEIGHTED : Heads.SCALED;
    }

    @Override
    public Scope scope() {
        return gradients.scope();
    }

    @Override
    public boolean hearsUpdate() {
        return losses.hearsUpdate() || gradients.hearsUpdate();
    }

    @Override
    public boolean samplesTwice() {
        return gradients.samplesTwice();
    }

    @Override
    public Combined restrictTo(List<String> tasks) {
        return new Combined(losses.restrictTo(tasks), gradients.restrictTo(tasks));
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new Both(losses.start(tasks), gradients.start(tasks), tasks.size());
    }

    /** Mutable: both running states, and what a step was before its losses were scaled. */
    private static final class Both implements Weighting {

        private final Weighting first;
        private final Weighting second;
        private final int ownOfFirst;
        private final double[] scales;
        private final double[] losses;
        private final double[] gram;
        private final double[] crossGram;

        Both(Weighting first, Weighting second, int tasks) {
            this.first = first;
            this.second = second;
            ownOfFirst = first.ownParameters().length;
            scales = new double[tasks];
            losses = new double[tasks];
            gram = new double[tasks * tasks];
            crossGram = new double[tasks * tasks];
        }

        @Override
        public float[] ownParameters() {
            float[] one = first.ownParameters();
            float[] other = second.ownParameters();
            float[] all = new float[one.length + other.length];
            System.arraycopy(one, 0, all, 0, one.length);
            System.arraycopy(other, 0, all, one.length, other.length);
            return all;
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            first.weigh(step, scales);
            scale(step);
            second.weigh(step, weights);
            takeBack(step);
            for (int t = 0; t < weights.length; t++) {
                weights[t] *= scales[t];
            }
        }

        @Override
        public void weighHeads(double[] heads) {
            System.arraycopy(scales, 0, heads, 0, heads.length);
        }

        @Override
        public void hear(WeighingStep after) {
            first.hear(after);
            scale(after);
            second.hear(after);
            takeBack(after);
        }

        /** Shows the second method its own parameters, and losses and Gram as the first one scales them. */
        private void scale(WeighingStep step) {
            int n = scales.length;
            System.arraycopy(step.losses(), 0, losses, 0, n);
            System.arraycopy(step.gram(), 0, gram, 0, n * n);
            System.arraycopy(step.crossGram(), 0, crossGram, 0, n * n);
            for (int i = 0; i < n; i++) {
                step.losses()[i] *= scales[i];
                for (int j = 0; j < n; j++) {
                    step.gram()[i * n + j] *= scales[i] * scales[j];
                    step.crossGram()[i * n + j] *= scales[i] * scales[j];
                }
            }
            step.gramOpen(true);
            step.shiftOwn(ownOfFirst);
        }

        private void takeBack(WeighingStep step) {
            System.arraycopy(losses, 0, step.losses(), 0, losses.length);
            System.arraycopy(gram, 0, step.gram(), 0, gram.length);
            System.arraycopy(crossGram, 0, step.crossGram(), 0, gram.length);
            step.shiftOwn(-ownOfFirst);
        }

        @Override
        public void state(State state) {
            first.state(state);
            second.state(state);
        }
    }

    @Override
    public String toString() {
        return "combined(" + losses + ", " + gradients + ")";
    }
}
