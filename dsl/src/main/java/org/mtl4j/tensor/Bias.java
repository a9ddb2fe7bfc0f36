package org.mtl4j.tensor;

/** Whether a convolution adds a number to each of its filters' outputs. */
public enum Bias {
    /** A parameter per filter. */
    LEARNED,
    /** None. */
    NONE;

    /** Uniform in +-1/sqrt(fan-in), as PyTorch's convolutions. */
    static final Initialiser DEFAULT_INITIALISER = new Initialiser.UniformFanIn();

    static void requireGroups(String layer, int filters, int groups) {
        if (filters < 1) {
            throw new IllegalArgumentException(
                    "%s(%d, ..): it needs at least 1 filter.%nGive the number of its output's channels: %s(16, 3)."
                            .formatted(layer, filters, layer));
        }
        if (groups < 1 || filters % groups != 0) {
            throw new IllegalArgumentException(
                    "%s(%d, ..).groups(%d): %d filters do not fall into %d groups of equal size.%nGive a divisor of %d."
                            .formatted(layer, filters, groups, filters, groups, filters));
        }
    }

    static void requireDivides(String layer, int groups, int channels, Node below) {
        if (channels % groups != 0) {
            throw new IllegalArgumentException(
                    "%s: the %d channels that '%s' below it gives do not fall into %d groups of equal size.%nGive a divisor of %d."
                            .formatted(layer, channels, below.name, groups, channels));
        }
    }

    static void requireElementwise(String layer, Activation activation) {
        if (!activation.isElementwise()) {
            throw new IllegalArgumentException(
                    "%s: %s runs over the features of a row, not over an image.%nTake an elementwise activation: relu()."
                            .formatted(layer, activation));
        }
    }

    static String withers(int groups, Bias bias, Activation activation, Initialiser initialiser) {
        return (groups == 1 ? "" : ".groups(" + groups + ")")
                + (bias == LEARNED ? "" : ".noBias()")
                + (activation instanceof Activation.Identity ? "" : ".activation(" + activation + ")")
                + (initialiser.equals(DEFAULT_INITIALISER) ? "" : ".initialiser(" + initialiser + ")");
    }
}
