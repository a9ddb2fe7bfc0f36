package org.mtl4j.tensor;

/** The features at the edges of a graph input, [edges, features]. */
public record EdgeFeatures() implements LayerSpec {
    @Override
    public String toString() {
        return "edgeFeatures()";
    }
}
