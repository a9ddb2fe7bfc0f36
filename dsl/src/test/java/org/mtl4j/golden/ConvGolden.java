package org.mtl4j.golden;

import org.mtl4j.tensor.Conv1d;
import org.mtl4j.tensor.Conv2d;
import org.mtl4j.tensor.ConvTranspose2d;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Layer;
import org.mtl4j.tensor.LayerRig;
import org.mtl4j.tensor.Shape;
import tools.jackson.databind.JsonNode;

/** PyTorch's Conv1d, Conv2d and ConvTranspose2d against ours; weights lie alike, a series has its features last here. */
final class ConvGolden extends LayerGolden {

    private final String name;

    ConvGolden(String name) {
        super(name);
        this.name = name;
    }

    @Override
    void record(JsonNode each, LayerRig rig) {
        JsonNode config = each.path("config");
        int[] x = Tensors.shape(each.path("inputs").path("x"));
        Layer layer = switch (name) {
            case "Conv1d" -> conv1d(config);
            case "Conv2d" -> conv2d(config);
            default -> transposed(config);
        };
        Shape shape = name.equals("Conv1d") ? new Shape.Series(x[2], x[1]) : new Shape.Image(x[1], x[2], x[3]);
        rig.output("output", layer.record(rig.tape(), LAYER, rig.input("x", shape), Draws.generator(1)));
    }

    private static int number(JsonNode config, String key) {
        return config.path(key).asInt();
    }

    /** One number of a pair: 0 for height. */
    private static int of(JsonNode config, String key, int side) {
        return config.path(key).path(side).asInt();
    }

    private static Conv1d conv1d(JsonNode config) {
        Conv1d layer = Conv1d.of(number(config, "out_channels"), number(config, "kernel_size"))
                .stride(number(config, "stride"))
                .padding(number(config, "padding"))
                .dilation(number(config, "dilation"))
                .groups(number(config, "groups"));
        return config.path("bias").asBoolean() ? layer : layer.noBias();
    }

    private static Conv2d conv2d(JsonNode config) {
        Conv2d layer = Conv2d.of(
                        number(config, "out_channels"), of(config, "kernel_size", 0), of(config, "kernel_size", 1))
                .stride(of(config, "stride", 0), of(config, "stride", 1))
                .padding(of(config, "padding", 0), of(config, "padding", 1))
                .dilation(of(config, "dilation", 0), of(config, "dilation", 1))
                .groups(number(config, "groups"));
        return config.path("bias").asBoolean() ? layer : layer.noBias();
    }

    private static ConvTranspose2d transposed(JsonNode config) {
        ConvTranspose2d layer = ConvTranspose2d.of(
                        number(config, "out_channels"), of(config, "kernel_size", 0), of(config, "kernel_size", 1))
                .stride(of(config, "stride", 0), of(config, "stride", 1))
                .padding(of(config, "padding", 0), of(config, "padding", 1))
                .dilation(of(config, "dilation", 0), of(config, "dilation", 1))
                .extra(of(config, "output_padding", 0), of(config, "output_padding", 1))
                .groups(number(config, "groups"));
        return config.path("bias").asBoolean() ? layer : layer.noBias();
    }

    @Override
    float[] ours(String tensor, JsonNode values, JsonNode each) {
        boolean series = name.equals("Conv1d") && (tensor.equals("x") || tensor.equals("output"));
        return series ? featuresLast(values) : Tensors.floats(values);
    }

    /** [N, C, L] as [N, L, C]. */
    static float[] featuresLast(JsonNode tensor) {
        return Tensors.floats(Tensors.lastDimension(Tensors.values(tensor), Tensors.shape(tensor), 1));
    }
}
