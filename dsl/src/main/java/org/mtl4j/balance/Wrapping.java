package org.mtl4j.balance;

import org.mtl4j.bytes.State;

/** Mutable: the running state of a {@link Wrapper}, which does as the one that it is around. */
abstract class Wrapping implements Weighting {

    final Weighting inner;
    private final boolean isOfLosses;
    private final int own;
    private final double[] unused;

    /** @param inner the running state of the other */
    Wrapping(Wrapper balancer, Weighting inner, int tasks) {
        this.inner = inner;
        isOfLosses = balancer.needs() == Balancer.Needs.LOSSES;
        own = inner.ownParameters().length;
        unused = new double[tasks];
    }

    @Override
    public final float[] ownParameters() {
        return inner.ownParameters();
    }

    @Override
    public final void open(int parameters) {
        inner.open(parameters);
    }

    @Override
    public boolean readsGradients(WeighingStep step) {
        return inner.readsGradients(step);
    }

    @Override
    public void weighHeads(double[] factors) {
        inner.weighHeads(factors);
    }

    /**
     * Lets the other see a step whose weights are not its own. A loss method weighs it in vain, so that what it remembers and
     * trains goes on; a gradient method is not asked, and what it trains stays.
     */
    @Override
    public final void lookOn(WeighingStep step) {
        if (isOfLosses) {
            inner.weigh(step, unused);
            return;
        }
        for (int i = 0; i < own; i++) {
            step.ownGradient(i, 0);
        }
        inner.lookOn(step);
    }

    @Override
    public final void hear(WeighingStep after) {
        inner.hear(after);
    }

    @Override
    public final long iterations() {
        return inner.iterations();
    }

    @Override
    public void state(State state) {
        inner.state(state.under("of it, "));
    }
}
