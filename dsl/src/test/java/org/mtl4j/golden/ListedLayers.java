package org.mtl4j.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mtl4j.layer.Encoder;
import org.mtl4j.layer.Mlp;
import org.mtl4j.layer.Sources;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Tape;
import tools.jackson.databind.JsonNode;

/** Dense layers as a golden file lists them: Linear, or Linear with an activation after it. */
record ListedLayers(List<Listed> layers) implements Encoder {

    /** One dense layer. @param name the file's name for it */
    record Listed(String name, int width, Activation activation) {}

    /** The layers of this list; empty where it holds anything else. */
    static List<Listed> read(JsonNode list) {
        List<Listed> layers = new ArrayList<>();
        boolean open = false; // whether the last layer still takes an activation
        for (JsonNode each : list) {
            String type = each.path("type").asString("");
            if (type.equals("Linear") && each.path("bias").asBoolean(true)) {
                layers.add(new Listed(
                        each.path("name").asString(), each.path("out").asInt(), new Activation.Identity()));
                open = true;
            } else if (open && Activations.named(type, each).isPresent()) {
                Listed last = layers.remove(layers.size() - 1);
                layers.add(new Listed(
                        last.name(), last.width(), Activations.named(type, each).get()));
                open = false;
            } else {
                return List.of();
            }
        }
        return layers;
    }

    /** Our own {@link Mlp} where all activations are the same, else these layers one by one. */
    Encoder encoder() {
        Activation first = layers.get(0).activation();
        return layers.stream().allMatch(layer -> layer.activation().equals(first))
                ? Mlp.of(layers.stream().mapToInt(Listed::width).toArray()).activation(first)
                : this;
    }

    @Override
    public Node record(Tape tape, String prefix, Sources sources, RandomGenerator random) {
        Node top = sources.only(this);
        for (int l = 0; l < layers.size(); l++) {
            Listed layer = layers.get(l);
            top = tape.dense(prefix + "." + l, top, layer.width(), layer.activation(), Mlp.DEFAULT_INITIALISER, random);
        }
        return top;
    }
}
