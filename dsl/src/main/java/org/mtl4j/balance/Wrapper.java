package org.mtl4j.balance;

import java.util.List;

/** A balancer made of another: it answers like that one in all that it does not say itself. */
interface Wrapper extends Balancer {

    /** The other. */
    Balancer inner();

    /** The same around another still. */
    Balancer around(Balancer other);

    @Override
    default Needs needs() {
        return inner().needs();
    }

    @Override
    default Heads heads() {
        return inner().heads();
    }

    @Override
    default boolean hearsUpdate() {
        return inner().hearsUpdate();
    }

    @Override
    default boolean samplesTwice() {
        return inner().samplesTwice();
    }

    @Override
    default Scope scope() {
        return inner().scope();
    }

    @Override
    default List<String> formulas() {
        return inner().formulas();
    }

    @Override
    default boolean serves(List<String> tasks) {
        return inner().serves(tasks);
    }

    @Override
    default Balancer restrictTo(List<String> tasks) {
        return around(inner().restrictTo(tasks));
    }

    /**
     * Starts the other, which is to answer weights.
     *
     * @param done what is done to the weights: kept
     * @throws IllegalArgumentException if it makes its update of the gradients themselves
     */
    default Weighting startWeights(List<String> tasks, String done) {
        Weighting weighting = inner().start(tasks);
        if (weighting instanceof Aggregator || weighting instanceof Masking) {
            throw new IllegalArgumentException(
                    "%s: %s makes its update of the gradients themselves, and has no weights that could be %s.%nTake a method that weighs tasks, such as mgda() or pcgrad()."
                            .formatted(this, inner(), done));
        }
        return weighting;
    }
}
