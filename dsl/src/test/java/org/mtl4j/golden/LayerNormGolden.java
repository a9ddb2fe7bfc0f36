package org.mtl4j.golden;

import java.util.Arrays;
import org.mtl4j.tensor.LayerNorm;
import org.mtl4j.tensor.LayerRig;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.SequenceLayers;
import org.mtl4j.tensor.Shape;
import tools.jackson.databind.JsonNode;

/** PyTorch's LayerNorm: over the last dimension of a series or matrix, or over all but the first, which is a vector here. */
final class LayerNormGolden extends LayerGolden {

    LayerNormGolden() {
        super("LayerNorm");
    }

    @Override
    void record(JsonNode each, LayerRig rig) {
        JsonNode config = each.path("config");
        int[] shape = Tensors.shape(each.path("inputs").path("x"));
        boolean series = shape.length == 3 && config.path("normalized_shape").size() == 1;
        int width = Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b);
        Node x = rig.input("x", series ? new Shape.Series(shape[1], shape[2]) : new Shape.Vector(width));
        double epsilon = config.path("eps").asDouble(LayerNorm.DEFAULT_EPSILON);
        rig.output("output", SequenceLayers.layerNorm(rig.tape(), LAYER, x, epsilon));
    }
}
