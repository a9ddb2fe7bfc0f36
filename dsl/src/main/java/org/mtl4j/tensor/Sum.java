package org.mtl4j.tensor;

/** The sum of all that it reads, number by number: the residual connection of He et al. (2016, eq. 1). */
public record Sum() implements LayerSpec {

    @Override
    public String toString() {
        return "sum()";
    }
}
