package org.mtl4j.tensor;

import java.util.List;

/** {@link AsSeries}: a transposition of each row. */
final class AsSeriesNode extends BlockNode {

    private final int channels;
    private final int places;

    AsSeriesNode(String name, Node input, Parameters parameters, int tasks) {
        super(
                name,
                new AsSeries(),
                new Shape.Series(input.shape.positions(), input.features()),
                List.of(input),
                parameters,
                0,
                tasks);
        this.channels = input.features();
        this.places = input.shape.positions();
    }

    @Override
    void forward(int rows, Pass pass) {
        float[] x = below().value;
        for (int at = 0; at < rows * width; at += width) {
            for (int p = 0; p < places; p++) {
                for (int c = 0; c < channels; c++) {
                    value[at + p * channels + c] = x[at + c * places + p];
                }
            }
        }
    }

    @Override
    void propagate(Block block) {
        for (int r = 0; block.needs(0) && r < block.rows(); r++) {
            float[] below = block.below(0);
            int from = block.signalAt(r);
            int to = block.belowAt(0, r);
            for (int p = 0; p < places; p++) {
                for (int c = 0; c < channels; c++) {
                    below[to + c * places + p] += signal[from + p * channels + c];
                }
            }
        }
    }

    @Override
    void gradient(Block at, float[] into, int intoOff) {
        // it has no parameters
    }
}
