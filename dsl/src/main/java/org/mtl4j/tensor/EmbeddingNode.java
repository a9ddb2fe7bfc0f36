package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;

/** An {@link Embedding}. */
final class EmbeddingNode extends BlockNode {

    private final Embedding spec;
    private final InputNode tokens;
    private final int features;

    EmbeddingNode(String name, Embedding spec, InputNode input, Parameters parameters, int tasks) {
        super(
                name,
                spec,
                new Shape.Series(input.shape.positions(), spec.width()),
                List.of(input),
                parameters,
                spec.vocabulary() * spec.width(),
                tasks);
        this.spec = spec;
        this.tokens = input;
        this.features = spec.width();
        parameters.name(name + ".weight", spec.vocabulary(), features, first, features);
    }

    private int index(int row, int place) {
        return (int) tokens.value[row * tokens.width + 1 + place];
    }

    @Override
    void forward(int rows, Pass pass) {
        Arrays.fill(value, 0, rows * width, 0f);
        float[] p = parameters.values();
        for (int r = 0; r < rows; r++) {
            for (int place = 0; place < tokens.length(r); place++) {
                int from = first + index(r, place) * features;
                System.arraycopy(p, from, value, r * width + place * features, features);
            }
        }
    }

    @Override
    void propagate(Block block) {
        // no signal reaches indices
    }

    @Override
    void gradient(Block block, float[] into, int intoOff) {
        for (int r = 0; r < block.rows(); r++) {
            int row = block.batchRow(r);
            for (int place = 0; place < tokens.length(row); place++) {
                int index = index(row, place);
                if (index != spec.padding()) {
                    int from = block.signalAt(r) + place * features;
                    Rows.addScaled(1f, signal, from, into, intoOff + index * features, features);
                }
            }
        }
    }
}
