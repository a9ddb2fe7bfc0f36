package org.mtl4j.balance;

import java.util.List;

/**
 * A gradient method that weighs the tasks by some of their gradients.
 *
 * @param inner the method
 * @param scope which gradients it sees
 */
record Scoped(Balancer inner, Scope scope) implements Wrapper {

    Scoped {
        if (inner.needs() == Needs.GRADIENTS) {
            throw new IllegalArgumentException(
                    "%s%s: it reads the gradients of all shared parameters, number by number.%nLeave it out, or take a method that reads their inner products, such as mgda() or pcgrad()."
                            .formatted(inner, scope));
        } else if (inner.needs() != Needs.GRAM) {
            throw new IllegalArgumentException(
                    "%s%s: it weighs tasks by their losses and sees no gradient.%nLeave it out, or take a gradient method such as mgda() or pcgrad()."
                            .formatted(inner, scope));
        } else if (inner.samplesTwice()) {
            throw new IllegalArgumentException(
                    "%s%s: it compares the gradients of two batches by all shared parameters.%nLeave it out, or take a method that reads one batch, such as mgda() or pcgrad()."
                            .formatted(inner, scope));
        }
    }

    @Override
    public Balancer around(Balancer other) {
        return new Scoped(other, scope);
    }

    @Override
    public Weighting start(List<String> tasks) {
        return inner.start(tasks);
    }

    @Override
    public String toString() {
        return inner.toString() + scope;
    }
}
