package org.mtl4j.golden;

import java.util.Map;
import org.mtl4j.tensor.LayerBench;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.SequenceLayers;
import tools.jackson.databind.JsonNode;

/** PyTorch's LayerNorm: over the last dimension of a series or matrix, or over all but the first, which is a vector here. */
final class LayerNormGolden extends SequenceGolden {

    LayerNormGolden() {
        super("LayerNorm");
    }

    @Override
    Map<String, Node> record(LayerBench bench, JsonNode each) {
        JsonNode config = each.path("config");
        JsonNode x = each.path("inputs").path("x");
        int[] shape = Tensors.shape(x);
        int normalised = config.path("normalized_shape").size();
        Node input;
        if (shape.length == 3 && normalised == 1) {
            input = series(bench, each, "x", null);
        } else {
            int width = 1;
            for (int d = shape.length - normalised; d < shape.length; d++) {
                width *= shape[d];
            }
            input = bench.vector("x", Tensors.floats(x), width);
        }
        double epsilon = config.path("eps").asDouble();
        return Map.of("output", SequenceLayers.layerNorm(bench.tape(), "layer", input, epsilon));
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
