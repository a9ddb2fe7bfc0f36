package org.mtl4j.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Conv2d;
import org.mtl4j.tensor.Layer;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Pool;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;

/**
 * The convolutional net of Sener and Koltun (2018) for two digits in one image, after LeCun et al. (1998): for each number of
 * filters a convolution of 5 x 5 with ReLU and the greatest of 2 x 2 pixels, then a dense layer with ReLU.
 *
 * <p>[channels, height, width] -> [width].
 *
 * @param filters of each convolution
 * @param width of the representation
 */
public record LeNet(List<Integer> filters, int width) implements Encoder {

    /** Filters of each convolution. */
    public static final List<Integer> DEFAULT_FILTERS = List.of(10, 20);

    /** The width of the representation. */
    public static final int DEFAULT_WIDTH = 50;

    private static final int KERNEL = 5;

    public LeNet {
        filters = List.copyOf(filters);
        if (filters.isEmpty()) {
            throw new IllegalArgumentException(
                    "lenet().filters() has no layers.\nGive one number per convolution: filters(10, 20).");
        }
    }

    /** This net with other convolutions. */
    public LeNet filters(int... numbers) {
        return new LeNet(Arrays.stream(numbers).boxed().toList(), width);
    }

    /** This net with another representation. */
    public LeNet width(int features) {
        return new LeNet(filters, features);
    }

    /** Its layers. */
    public Sequential layers() {
        List<Layer> layers = new ArrayList<>();
        for (int number : filters) {
            layers.addAll(List.of(Conv2d.of(number, KERNEL, KERNEL), new Activation.Relu(), Pool.max(2, 2)));
        }
        layers.addAll(List.of(Dense.of(width), new Activation.Relu()));
        return new Sequential(layers);
    }

    @Override
    public Node record(Tape tape, String prefix, Sources sources, RandomGenerator random) {
        return layers().record(tape, prefix, sources.only(this, Shape.Image.class, "an image"), random);
    }

    @Override
    public String toString() {
        String numbers = filters.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return "lenet()"
                + (filters.equals(DEFAULT_FILTERS) ? "" : ".filters(" + numbers + ")")
                + (width == DEFAULT_WIDTH ? "" : ".width(" + width + ")");
    }
}
