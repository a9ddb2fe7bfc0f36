package org.mtl4j.golden;

import org.mtl4j.tensor.Attention;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.LayerRig;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.TransformerBlock;
import org.mtl4j.tensor.TransformerLayers;
import tools.jackson.databind.JsonNode;

/** PyTorch's TransformerEncoderLayer. */
final class EncoderBlockGolden extends SequenceGolden {

    EncoderBlockGolden() {
        super("TransformerEncoderLayer", "x");
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        JsonNode config = each.path("config");
        return Activations.named(config.path("activation").asString(""), config).isPresent();
    }

    @Override
    void record(JsonNode each, LayerRig rig) {
        JsonNode config = each.path("config");
        TransformerBlock block = new TransformerBlock(
                config.path("heads").asInt(),
                config.path("feedforward").asInt(),
                Activations.named(config.path("activation").asString(), config).orElseThrow(),
                config.path("norm_first").asBoolean() ? TransformerBlock.Norm.BEFORE : TransformerBlock.Norm.AFTER,
                0,
                config.path("eps").asDouble());
        Attention.Mask mask = config.path("causal").asBoolean() ? Attention.Mask.CAUSAL : Attention.Mask.NONE;
        Node x = series("x", each, rig);
        rig.output("output", TransformerLayers.encoderBlock(rig.tape(), LAYER, x, block, mask, Draws.generator(1)));
    }

    @Override
    String parameter(String theirs) {
        return super.parameter(theirs.replace("in_proj_", "in_proj."));
    }
}
