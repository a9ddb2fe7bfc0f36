package org.mtl4j.golden;

import java.util.Map;
import org.mtl4j.tensor.Attention;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.LayerBench;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.TransformerBlock;
import org.mtl4j.tensor.TransformerLayers;
import tools.jackson.databind.JsonNode;

/** PyTorch's TransformerEncoderLayer. */
final class EncoderBlockGolden extends SequenceGolden {

    EncoderBlockGolden() {
        super("TransformerEncoderLayer");
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        JsonNode config = each.path("config");
        return Activations.named(config.path("activation").asString(""), config).isPresent();
    }

    @Override
    Map<String, Node> record(LayerBench bench, JsonNode each) {
        JsonNode config = each.path("config");
        TransformerBlock block = new TransformerBlock(
                config.path("heads").asInt(),
                config.path("feedforward").asInt(),
                Activations.named(config.path("activation").asString(), config).orElseThrow(),
                config.path("norm_first").asBoolean() ? TransformerBlock.Norm.BEFORE : TransformerBlock.Norm.AFTER,
                0,
                config.path("eps").asDouble());
        Attention.Mask mask = config.path("causal").asBoolean() ? Attention.Mask.CAUSAL : Attention.Mask.NONE;
        Node x = series(bench, each, "x", lengths(each));
        return Map.of(
                "output", TransformerLayers.encoderBlock(bench.tape(), "layer", x, block, mask, Draws.generator(1)));
    }

    @Override
    String our(String name) {
        return "layer." + name.replace("in_proj_", "in_proj.");
    }
}
