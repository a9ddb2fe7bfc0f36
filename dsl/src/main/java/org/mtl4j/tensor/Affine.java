package org.mtl4j.tensor;

/** Whether a normalisation has a factor and a shift of its own. */
public enum Affine {
    /** gamma and beta, which start at 1 and 0. */
    LEARNED,
    /** None. */
    NONE
}
