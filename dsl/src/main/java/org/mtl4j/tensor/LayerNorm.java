package org.mtl4j.tensor;

/**
 * Layer normalisation (Ba, Kiros and Hinton 2016, eq. 4, over the features of each place): y = (x - mean) / sqrt(variance +
 * epsilon) * weight + bias, with the variance's divisor the number of features.
 *
 * @param width the number of features that are normalised together: all of a vector, those of a place of a series
 * @param epsilon what is added to the variance
 */
public record LayerNorm(int width, double epsilon) implements LayerSpec {

    /** PyTorch's. */
    public static final double DEFAULT_EPSILON = 1e-5;

    public LayerNorm {
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException(
                    "layerNorm(): epsilon %s is not positive.%nGive a small positive number: 1e-5.".formatted(epsilon));
        }
    }

    @Override
    public String toString() {
        return "layerNorm(" + width + ")" + (epsilon == DEFAULT_EPSILON ? "" : ".epsilon(" + epsilon + ")");
    }
}
