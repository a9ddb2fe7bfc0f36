package org.mtl4j.optimise;

import java.util.List;
import java.util.stream.Stream;

/** One of each optimiser, and each of its ways to step. */
public final class Catalogue {

    private Catalogue() {}

    /** Them all, at this rate. */
    public static Stream<Optimiser> all(double rate) {
        List<Optimiser> all = List.of(
                Sgd.of(rate),
                Sgd.of(rate).momentum(0.9).dampening(0.1),
                Sgd.of(rate).nesterov(0.9),
                Adagrad.of(rate).rateDecay(0.01),
                Adadelta.of(rate),
                RmsProp.of(rate),
                RmsProp.of(rate).centered().momentum(0.5),
                Adam.of(rate),
                Adam.of(rate).amsgrad(),
                Adam.decoupled(rate),
                Adamax.of(rate),
                NAdam.of(rate),
                RAdam.of(rate).betas(0.9, 0.9),
                AdaBelief.of(rate),
                Lion.of(rate),
                new Sam(Adam.of(rate), 0.05));
        return all.stream();
    }
}
