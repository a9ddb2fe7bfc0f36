package org.mtl4j.golden;

import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.LayerRig;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Upsample;
import tools.jackson.databind.JsonNode;

/** PyTorch's nearest and bilinear upsampling against ours. */
final class UpsampleGolden extends LayerGolden {

    UpsampleGolden() {
        super("Upsample");
    }

    @Override
    void record(JsonNode each, LayerRig rig) {
        int[] x = Tensors.shape(each.path("inputs").path("x"));
        JsonNode config = each.path("config");
        Upsample.Size size = new Upsample.Size.Pixels(
                config.path("size").path(0).asInt(), config.path("size").path(1).asInt());
        Upsample layer = switch (config.path("mode").asString()) {
            case "nearest" -> new Upsample.Nearest(size);
            case "bilinear" -> new Upsample.Bilinear(size);
            default -> throw new IllegalArgumentException("Upsampling of mode " + config.path("mode"));
        };
        rig.output(
                "output",
                layer.record(rig.tape(), LAYER, rig.input("x", new Shape.Image(x[1], x[2], x[3])), Draws.generator(1)));
    }
}
