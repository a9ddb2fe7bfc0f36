package org.mtl4j.golden;

import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Embedding;
import org.mtl4j.tensor.LayerRig;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.SequenceLayers;
import org.mtl4j.tensor.Shape;
import tools.jackson.databind.JsonNode;

/** PyTorch's Embedding; its weight lies as ours. */
final class EmbeddingGolden extends LayerGolden {

    private static final String INDICES = "indices";

    EmbeddingGolden() {
        super("Embedding");
    }

    private static int length(JsonNode each) {
        return Tensors.width(each.path("inputs").path(INDICES));
    }

    @Override
    int rows(JsonNode each) {
        return Tensors.values(each.path("inputs").path(INDICES)).length / length(each);
    }

    @Override
    void record(JsonNode each, LayerRig rig) {
        JsonNode config = each.path("config");
        Node tokens = rig.bound(
                INDICES, new Shape.Tokens(length(each), config.path("num").asInt()));
        int width = config.path("dim").asInt();
        int padding = padding(config);
        rig.output("output", SequenceLayers.embedding(rig.tape(), LAYER, tokens, width, padding, Draws.generator(1)));
    }

    /** The padding index of a layer, which may be null. */
    static int padding(JsonNode layer) {
        JsonNode index = layer.path("padding_idx");
        return index.isNumber() ? index.asInt() : Embedding.NO_PADDING;
    }

    @Override
    float[] ours(String tensor, JsonNode values, JsonNode each) {
        float[] theirs = Tensors.floats(values);
        if (!tensor.equals(INDICES)) {
            return theirs;
        }
        int length = length(each);
        float[] rows = new float[rows(each) * (1 + length)];
        for (int r = 0; r < rows(each); r++) {
            rows[r * (1 + length)] = length;
            System.arraycopy(theirs, r * length, rows, r * (1 + length) + 1, length);
        }
        return rows;
    }
}
