package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;

/**
 * A method that waits for some epochs or steps, in which every task weighs 1, as under {@link Equal}: early gradients say little
 * of where tasks conflict. Written {@code pcgrad().afterWarmUp(3)}, or {@code .afterWarmUpSteps(500)}.
 *
 * <p>A loss method sees the steps of the warm-up too, so that what it remembers and trains goes on (the weights of {@link Dwa}
 * begin with the means of the epochs before); a gradient method begins after it.
 *
 * <p>Cost: of a gradient method, none in the warm-up, whose steps are one backward pass; no conflict is recorded there.
 *
 * @param inner the method
 * @param length how long every task weighs 1, at least 1
 * @param unit of what
 */
public record AfterWarmUp(Balancer inner, int length, Unit unit) implements Wrapper {

    /** What a warm-up is measured in. */
    public enum Unit {
        /** Passes over the training part. */
        EPOCHS("", "epochs"),
        /** Steps of the optimiser. */
        STEPS("Steps", "steps");

        private final String ending;
        private final String noun;

        Unit(String ending, String noun) {
            this.ending = ending;
            this.noun = noun;
        }
    }

    public AfterWarmUp {
        if (length < 1) {
            throw new IllegalArgumentException(
                    "%s.afterWarmUp%s(%d): it is a number of %s, at least 1.%nGive for how many every task weighs 1, or leave it out."
                            .formatted(inner, unit.ending, length, unit.noun));
        }
    }

    @Override
    public Balancer around(Balancer other) {
        return new AfterWarmUp(other, length, unit);
    }

    @Override
    public Weighting start(List<String> tasks) {
        Weighting weighting = inner.start(tasks);
        if (weighting instanceof Masking masking) {
            return new WaitingMasking(masking, tasks.size());
        }
        return weighting instanceof Aggregator aggregator
                ? new WaitingAggregator(aggregator, tasks.size())
                : new Waiting(weighting, tasks.size());
    }

    /** Mutable: whether the step is one of the warm-up. */
    private class Waiting extends Wrapping {

        private boolean waits;

        Waiting(Weighting inner, int tasks) {
            super(AfterWarmUp.this, inner, tasks);
        }

        private boolean waits(WeighingStep step) {
            return (unit == Unit.EPOCHS ? step.epoch() : step.number()) < length;
        }

        @Override
        public boolean readsGradients(WeighingStep step) {
            return !waits(step) && inner.readsGradients(step);
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            waits = waits(step);
            if (waits) {
                lookOn(step);
                Arrays.fill(weights, 1);
            } else {
                inner.weigh(step, weights);
            }
        }

        @Override
        public void weighHeads(double[] factors) {
            if (waits) {
                Arrays.fill(factors, 1);
            } else {
                inner.weighHeads(factors);
            }
        }
    }

    /** The same of one that makes its update itself. */
    private final class WaitingAggregator extends Waiting implements Aggregator {

        private final Aggregator aggregator;

        WaitingAggregator(Aggregator aggregator, int tasks) {
            super(aggregator, tasks);
            this.aggregator = aggregator;
        }

        @Override
        public void aggregate(WeighingStep step, float[] direction) {
            aggregator.aggregate(step, direction);
        }
    }

    /** The same of one that drops gradients by the representation. */
    private final class WaitingMasking extends Waiting implements Masking {

        private final Masking masking;

        WaitingMasking(Masking masking, int tasks) {
            super(masking, tasks);
            this.masking = masking;
        }

        @Override
        public void mask(WeighingStep step, float[] agreements, float[] kept) {
            masking.mask(step, agreements, kept);
        }
    }

    @Override
    public String toString() {
        return inner + ".afterWarmUp" + unit.ending + "(" + length + ")";
    }
}
