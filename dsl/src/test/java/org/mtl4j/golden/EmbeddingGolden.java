package org.mtl4j.golden;

import java.util.Map;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Embedding;
import org.mtl4j.tensor.LayerBench;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.SequenceLayers;
import tools.jackson.databind.JsonNode;

/** PyTorch's Embedding; its weight lies as ours. */
final class EmbeddingGolden extends SequenceGolden {

    EmbeddingGolden() {
        super("Embedding");
    }

    @Override
    Map<String, Node> record(LayerBench bench, JsonNode each) {
        JsonNode config = each.path("config");
        JsonNode indices = each.path("inputs").path("indices");
        Node tokens = bench.tokens(
                "indices",
                Tensors.floats(indices),
                Tensors.width(indices),
                config.path("num").asInt());
        JsonNode padding = config.path("padding_idx");
        int index = padding.isNumber() ? padding.asInt() : Embedding.NO_PADDING;
        return Map.of(
                "output",
                SequenceLayers.embedding(
                        bench.tape(), "layer", tokens, config.path("dim").asInt(), index, Draws.generator(1)));
    }

    @Override
    String our(String name) {
        return "layer." + name;
    }

    @Override
    boolean isTurned(JsonNode tensor) {
        return false;
    }
}
