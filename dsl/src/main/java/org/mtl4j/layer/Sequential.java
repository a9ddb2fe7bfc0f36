package org.mtl4j.layer;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Layer;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Tape;

/**
 * Layers one after another, each of which reads the one before: an encoder, or a layer of another list.
 *
 * <p>Parameters are named by a layer's place in the list, from 0 on, as PyTorch's {@code Sequential} names them. An activation
 * behind a dense or convolutional layer is computed in that layer's kernel.
 *
 * <pre>{@code
 * sequential(conv2d(10, 5), relu(), maxPool(2), flatten(), dense(50), relu())
 * }</pre>
 *
 * @param layers from the input on
 */
public record Sequential(List<Layer> layers) implements Encoder, Layer {

    public Sequential {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException(
                    "sequential() has no layers.\nList at least one: sequential(dense(64), relu()).");
        }
    }

    /** These layers. */
    public static Sequential of(Layer... layers) {
        return new Sequential(Arrays.asList(layers));
    }

    @Override
    public Node record(Tape tape, String prefix, Sources sources, RandomGenerator random) {
        return record(tape, prefix, sources.only(this), random);
    }

    @Override
    public Node record(Tape tape, String name, Node input, RandomGenerator random) {
        Node top = input;
        for (int l = 0; l < layers.size(); l++) {
            Layer layer = layers.get(l);
            Layer fused =
                    l + 1 < layers.size() && layers.get(l + 1) instanceof Activation next ? layer.fused(next) : null;
            top = (fused == null ? layer : fused).record(tape, name + "." + l, top, random);
            l += fused == null ? 0 : 1;
        }
        return top;
    }

    /** Layers in words: {@code conv2d(10, 5), relu()}. */
    static String words(List<Layer> layers) {
        return layers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** One layer as it is, several as a list. */
    static Layer join(Layer... layers) {
        return layers.length == 1 ? layers[0] : of(layers);
    }

    /** The layers of a list, or the one layer. */
    static String inside(Layer layer) {
        return layer instanceof Sequential list ? words(list.layers) : String.valueOf(layer);
    }

    @Override
    public String toString() {
        return "sequential(" + words(layers) + ")";
    }
}
