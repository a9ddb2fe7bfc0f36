package org.mtl4j.balance;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mtl4j.bytes.State;

/**
 * A loss method whose weights scale the losses, and so the gradients, before a gradient method sees them: with a_i the weights
 * of the first, the second reads a_i L_i, a_i g_i and a_i a_j &lt;g_i, g_j&gt;; with w_i its weights of these, the update is sum_i
 * a_i w_i g_i. Written {@code uncertainty().then(mgda())};
 * {@link Imtl} is {@code imtlL().then(imtlG())}.
 *
 * <p>The weights recorded are a_i w_i. The heads get a_i, or a_i w_i where the second weighs heads too. Numbers that the first
 * trains get the gradients that they have by themselves. The second may make its update of the gradients themselves.
 *
 * <p>Cost: that of both; nothing between them but T^2 products, or one more pass over the gradients where the second reads them.
 *
 * @param losses the loss method
 * @param gradients the gradient method
 */
public record Then(Balancer losses, Balancer gradients) implements Balancer {

    public Then {
        if (losses.needs() != Needs.LOSSES) {
            throw new IllegalArgumentException(
                    "%s.then(%s): %s weighs tasks by their gradients, and what stands first weighs losses.%nPut a loss method first: uncertainty().then(mgda())."
                            .formatted(losses, gradients, losses));
        }
        if (gradients.needs() == Needs.LOSSES) {
            throw new IllegalArgumentException(
                    "%s.then(%s): %s weighs tasks by their losses, and what stands second weighs gradients.%nPut a gradient method second: uncertainty().then(mgda())."
                            .formatted(losses, gradients, gradients));
        }
    }

    @Override
    public Needs needs() {
        return gradients.needs();
    }

    @Override
    public Heads heads() {
        return gradients.heads();
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
    public List<String> formulas() {
        return Stream.of(losses, gradients)
                .flatMap(each -> each.formulas().stream())
                .toList();
    }

    @Override
    public boolean serves(List<String> tasks) {
        return losses.serves(tasks) && gradients.serves(tasks);
    }

    @Override
    public Balancer restrictTo(List<String> tasks) {
        return new Then(losses.restrictTo(tasks), gradients.restrictTo(tasks));
    }

    @Override
    public Weighting start(List<String> tasks) {
        Weighting first = losses.start(tasks);
        Weighting second = gradients.start(tasks);
        if (second instanceof Masking masking) {
            return new ScaledMasking(first, masking, tasks.size());
        }
        return second instanceof Aggregator aggregator
                ? new ScaledAggregator(first, aggregator, tasks.size())
                : new Scaled(first, second, tasks.size());
    }

    /** Mutable: both, and what the second sees. */
    private class Scaled implements Weighting {

        private final Weighting first;
        private final Weighting second;
        private final int firstOwn;
        private final double[] scales;
        private @Nullable WeighingStep view;

        Scaled(Weighting first, Weighting second, int tasks) {
            this.first = first;
            this.second = second;
            firstOwn = first.ownParameters().length;
            scales = new double[tasks];
        }

        /** What the second sees of a step: its losses, scaled. */
        final WeighingStep view(WeighingStep step) {
            WeighingStep seen = view == null ? new WeighingStep(step) : view;
            view = seen;
            seen.follow(step, scales, firstOwn);
            return seen;
        }

        @Override
        public final float[] ownParameters() {
            float[] one = first.ownParameters();
            float[] other = second.ownParameters();
            float[] both = new float[one.length + other.length];
            System.arraycopy(one, 0, both, 0, one.length);
            System.arraycopy(other, 0, both, one.length, other.length);
            return both;
        }

        @Override
        public final void open(int parameters) {
            first.open(parameters);
            second.open(parameters);
        }

        @Override
        public final boolean readsGradients(WeighingStep step) {
            return second.readsGradients(step);
        }

        @Override
        public final void weigh(WeighingStep step, double[] weights) {
            boolean reads = second.readsGradients(step);
            first.weigh(step, scales);
            WeighingStep seen = view(step);
            if (reads) {
                seen.followGradients(step, scales);
            }
            second.weigh(seen, weights);
            for (int t = 0; t < weights.length; t++) {
                weights[t] *= scales[t];
            }
        }

        /** Multiplies each task's numbers by its scale. @param numbers [tasks * any], modified. */
        final void scale(float[] numbers) {
            WeighingStep.scale(numbers, scales);
        }

        @Override
        public final void weighHeads(double[] factors) {
            second.weighHeads(factors);
            for (int t = 0; t < factors.length; t++) {
                factors[t] *= scales[t];
            }
        }

        @Override
        public final void lookOn(WeighingStep step) {
            first.weigh(step, scales);
            second.lookOn(view(step));
        }

        @Override
        public final void hear(WeighingStep after) {
            if (losses.hearsUpdate()) {
                first.hear(after);
            }
            if (gradients.hearsUpdate()) {
                second.hear(view(after));
            }
        }

        @Override
        public final long iterations() {
            return first.iterations() + second.iterations();
        }

        @Override
        public final void state(State state) {
            first.state(state.under("of the losses, "));
            second.state(state.under("of the gradients, "));
        }
    }

    /** The same with a second that makes its update itself. */
    private final class ScaledAggregator extends Scaled implements Aggregator {

        private final Aggregator aggregator;

        ScaledAggregator(Weighting first, Aggregator second, int tasks) {
            super(first, second, tasks);
            aggregator = second;
        }

        @Override
        public void aggregate(WeighingStep step, float[] direction) {
            aggregator.aggregate(view(step), direction);
        }
    }

    /** The same with a second that drops gradients by the representation: it sees them scaled, and so is what it keeps. */
    private final class ScaledMasking extends Scaled implements Masking {

        private final Masking masking;

        ScaledMasking(Weighting first, Masking second, int tasks) {
            super(first, second, tasks);
            masking = second;
        }

        @Override
        public void mask(WeighingStep step, float[] agreements, float[] kept) {
            scale(agreements);
            masking.mask(view(step), agreements, kept);
            scale(kept);
        }
    }

    @Override
    public String toString() {
        return losses + ".then(" + gradients + ")";
    }
}
