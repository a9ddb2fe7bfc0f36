package org.mtl4j.tensor;

/**
 * A dense layer on several inputs side by side: y = f([x_1; x_2; ..] W + b), at each place alike where they are series. W:
 * [sum of the inputs' features, width], b: [width].
 *
 * @param width features that it puts out
 * @param activation f
 */
public record JoinedDense(int width, Activation activation) implements LayerSpec {

    public JoinedDense {
        Widths.positive("joinedDense", width);
    }

    @Override
    public String toString() {
        return "joinedDense(" + width + ", " + activation + ")";
    }
}
