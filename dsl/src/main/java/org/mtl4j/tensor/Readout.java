package org.mtl4j.tensor;

import java.util.Locale;

/** How the places of a row (tokens, nodes, pixels) become one vector, feature by feature. */
public enum Readout implements LayerSpec {
    /** Their sum. */
    SUM,
    /** Their mean. */
    MEAN,
    /** The greatest number; of equal ones the first gets the gradient. */
    MAX,
    /** Their mean weighed by softmax(x . w + b) over the places, with w and b trained (Li et al. 2016, arXiv 1511.05493). */
    ATTENTION;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT) + "Readout()";
    }
}
