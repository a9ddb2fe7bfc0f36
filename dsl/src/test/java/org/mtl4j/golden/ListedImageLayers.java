package org.mtl4j.golden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.layer.Dense;
import org.mtl4j.layer.Flatten;
import org.mtl4j.layer.Sequential;
import org.mtl4j.tensor.BatchNorm;
import org.mtl4j.tensor.Conv2d;
import org.mtl4j.tensor.Layer;
import org.mtl4j.tensor.Pool;
import org.mtl4j.tensor.Reshape;
import org.mtl4j.tensor.Shape;
import tools.jackson.databind.JsonNode;

/**
 * The layers of a net for images as a golden file lists them, behind one that reads features as an image.
 *
 * @param sequential ours
 * @param places of the file's names in it
 */
record ListedImageLayers(Sequential sequential, Map<String, Integer> places) {

    /** The layers of a network; empty where it is not for images, or holds anything else. */
    static Optional<ListedImageLayers> read(JsonNode network) {
        JsonNode input = network.path("input");
        if (!network.path("kind").asString("").equals("conv") || input.size() != 3) {
            return Optional.empty();
        }
        List<Layer> layers = new ArrayList<>();
        layers.add(new Reshape(new Shape.Image(
                input.path(0).asInt(), input.path(1).asInt(), input.path(2).asInt())));
        Map<String, Integer> places = new LinkedHashMap<>();
        for (JsonNode each : network.path("shared")) {
            Optional<Layer> layer = layer(each);
            if (layer.isEmpty()) {
                return Optional.empty();
            }
            places.put(each.path("name").asString(""), layers.size());
            layers.add(layer.get());
        }
        return Optional.of(new ListedImageLayers(new Sequential(layers), places));
    }

    private static Optional<Layer> layer(JsonNode each) {
        String type = each.path("type").asString("");
        return switch (type) {
            case "Conv2d" -> Optional.of(conv(each));
            case "BatchNorm2d" ->
                Optional.of(new BatchNorm(
                        each.path("momentum").asDouble(), each.path("eps").asDouble()));
            case "MaxPool2d" -> {
                int kernel = each.path("kernel").asInt();
                yield Optional.of(
                        Pool.max(kernel, kernel).stride(each.path("stride").asInt(kernel)));
            }
            case "Flatten" -> Optional.of(new Flatten());
            case "Linear" -> Optional.of(Dense.of(each.path("out").asInt()));
            default -> Activations.named(type, each).map(activation -> activation);
        };
    }

    private static Conv2d conv(JsonNode each) {
        int kernel = each.path("kernel").asInt();
        Conv2d conv = Conv2d.of(each.path("out_channels").asInt(), kernel, kernel)
                .stride(each.path("stride").asInt(1))
                .padding(each.path("padding").asInt(0));
        return each.path("bias").asBoolean(true) ? conv : conv.noBias();
    }
}
