package org.mtl4j.tensor;

import java.util.Locale;

/** What is added to the features at a place for where it is: [length, width] -> [length, width]. */
public enum Positions implements LayerSpec {
    /**
     * PE[p, 2i] = sin(p / 10000^(2i / width)), PE[p, 2i + 1] = cos(p / 10000^(2i / width)) (Vaswani et al. 2017, section 3.5).
     */
    SINUSOIDAL,
    /** A vector for each place, trained with the net (Gehring et al. 2017; BERT, GPT). */
    LEARNED,
    /** Nothing. */
    NONE;

    @Override
    public String toString() {
        return this == NONE ? "noPositions()" : name().toLowerCase(Locale.ROOT) + "Positions()";
    }
}
