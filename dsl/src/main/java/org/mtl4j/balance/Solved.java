package org.mtl4j.balance;

import java.util.function.LongSupplier;

/**
 * A weighting that remembers nothing from one step to the next, and whose solver counts its iterations.
 *
 * @param formula the weights of a step
 * @param count the solver's iterations since it was made
 */
record Solved(Weighting formula, LongSupplier count) implements Weighting {

    @Override
    public void weigh(WeighingStep step, double[] weights) {
        formula.weigh(step, weights);
    }

    @Override
    public long iterations() {
        return count.getAsLong();
    }
}
