package org.mtl4j.golden;

import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.LayerRig;
import org.mtl4j.tensor.Pool;
import org.mtl4j.tensor.Shape;
import tools.jackson.databind.JsonNode;

/** PyTorch's pools of images against ours. */
final class PoolGolden extends LayerGolden {

    PoolGolden() {
        super("Pool");
    }

    @Override
    void record(JsonNode each, LayerRig rig) {
        int[] x = Tensors.shape(each.path("inputs").path("x"));
        Pool layer = layer(each.path("config"));
        rig.output(
                "output",
                layer.record(rig.tape(), LAYER, rig.input("x", new Shape.Image(x[1], x[2], x[3])), Draws.generator(1)));
    }

    private static int of(JsonNode config, String key, int side) {
        return config.path(key).path(side).asInt();
    }

    private static Pool layer(JsonNode config) {
        if (config.path("kind").asString().equals("adaptive_avg")) {
            return new Pool.AdaptiveAverage(of(config, "output_size", 0), of(config, "output_size", 1));
        }
        int height = of(config, "kernel_size", 0);
        int width = of(config, "kernel_size", 1);
        return switch (config.path("kind").asString()) {
            case "max" -> {
                Pool.Max max = Pool.max(height, width)
                        .stride(of(config, "stride", 0), of(config, "stride", 1))
                        .padding(of(config, "padding", 0), of(config, "padding", 1));
                yield config.path("ceil_mode").asBoolean(false) ? max.roundUp() : max;
            }
            case "avg" -> {
                Pool.Average average = Pool.average(height, width)
                        .stride(of(config, "stride", 0), of(config, "stride", 1))
                        .padding(of(config, "padding", 0), of(config, "padding", 1));
                average = config.path("ceil_mode").asBoolean(false) ? average.roundUp() : average;
                yield config.path("count_include_pad").asBoolean(true) ? average : average.padLeftOut();
            }
            default -> throw new IllegalArgumentException("A pool of kind " + config.path("kind"));
        };
    }
}
