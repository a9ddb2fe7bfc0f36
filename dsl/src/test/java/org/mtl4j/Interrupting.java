package org.mtl4j;

import java.util.List;
import org.mtl4j.balance.Aggregator;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Masking;
import org.mtl4j.balance.Scope;
import org.mtl4j.balance.WeighingStep;
import org.mtl4j.balance.Weighting;
import org.mtl4j.bytes.State;

/** Another balancer in all that is seen of it, which interrupts its thread in one of its batches. */
record Interrupting(Balancer inner, int batch) implements Balancer {

    @Override
    public Needs needs() {
        return inner.needs();
    }

    @Override
    public Heads heads() {
        return inner.heads();
    }

    @Override
    public Scope scope() {
        return inner.scope();
    }

    @Override
    public boolean hearsUpdate() {
        return inner.hearsUpdate();
    }

    @Override
    public boolean samplesTwice() {
        return inner.samplesTwice();
    }

    @Override
    public Weighting start(List<String> tasks) {
        Weighting weighting = inner.start(tasks);
        if (weighting instanceof Masking masking) {
            return new MaskingToo(masking, batch);
        }
        return weighting instanceof Aggregator aggregator
                ? new Aggregating(aggregator, batch)
                : new Weighing(weighting, batch);
    }

    /** Mutable: counts the batches. */
    private static class Weighing implements Weighting {

        private final Weighting weighting;
        private final int batch;
        private int seen;

        Weighing(Weighting weighting, int batch) {
            this.weighting = weighting;
            this.batch = batch;
        }

        @Override
        public float[] ownParameters() {
            return weighting.ownParameters();
        }

        @Override
        public void open(int parameters) {
            weighting.open(parameters);
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            if (seen++ == batch) {
                Thread.currentThread().interrupt();
            }
            weighting.weigh(step, weights);
        }

        @Override
        public boolean readsGradients(WeighingStep step) {
            return weighting.readsGradients(step);
        }

        @Override
        public void weighHeads(double[] factors) {
            weighting.weighHeads(factors);
        }

        @Override
        public void hear(WeighingStep after) {
            weighting.hear(after);
        }

        @Override
        public long iterations() {
            return weighting.iterations();
        }

        @Override
        public void state(State state) {
            weighting.state(state);
        }
    }

    /** The same of a balancer that makes its update itself. */
    private static final class Aggregating extends Weighing implements Aggregator {

        private final Aggregator aggregator;

        Aggregating(Aggregator aggregator, int batch) {
            super(aggregator, batch);
            this.aggregator = aggregator;
        }

        @Override
        public void aggregate(WeighingStep step, float[] direction) {
            aggregator.aggregate(step, direction);
        }
    }

    /** The same of a balancer that drops gradients by the representation. */
    private static final class MaskingToo extends Weighing implements Masking {

        private final Masking masking;

        MaskingToo(Masking masking, int batch) {
            super(masking, batch);
            this.masking = masking;
        }

        @Override
        public void mask(WeighingStep step, float[] agreements, float[] kept) {
            masking.mask(step, agreements, kept);
        }
    }

    @Override
    public String toString() {
        return inner.toString();
    }
}
