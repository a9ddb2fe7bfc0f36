package org.mtl4j.tensor;

/**
 * Any representation as features at each of several places: a vector [width] as one place [1, width], an image [channels,
 * height, width] as its pixels [height * width, channels].
 */
public record AsSeries() implements LayerSpec {
    @Override
    public String toString() {
        return "asSeries()";
    }
}
