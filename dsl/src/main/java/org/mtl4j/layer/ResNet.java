package org.mtl4j.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.BatchNorm;
import org.mtl4j.tensor.Conv2d;
import org.mtl4j.tensor.Layer;
import org.mtl4j.tensor.LayerNorm;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;

/**
 * A residual net for small images (He et al. 2016, section 4.2): a convolution of 3 x 3; then, for each number of filters, blocks of
 * two convolutions of 3 x 3 with a connection past them, each convolution normalised, with ReLU; then the mean over the pixels.
 * From the second number of filters on, the first block halves height and width, and its shortcut is a convolution of 1 x 1.
 *
 * <p>[channels, height, width] -> [last number of filters].
 *
 * <pre>{@code
 * resnet(16, 32, 64).blocks(3)
 * }</pre>
 *
 * @param filters of each stage
 * @param blocks of each stage
 * @param norm after each convolution
 */
public record ResNet(List<Integer> filters, int blocks, Layer norm) implements Encoder {

    /** Blocks of each stage. */
    public static final int DEFAULT_BLOCKS = 1;

    /** After each convolution. */
    public static final Layer DEFAULT_NORM = new BatchNorm(BatchNorm.DEFAULT_MOMENTUM, LayerNorm.DEFAULT_EPSILON);

    public ResNet {
        filters = List.copyOf(filters);
        if (filters.isEmpty()) {
            throw new IllegalArgumentException(
                    "resnet() has no stages.\nGive one number of filters per stage: resnet(16, 32, 64).");
        }
        if (blocks < 1) {
            throw new IllegalArgumentException(
                    "resnet(..).blocks(%d): a stage has at least 1 block.%nGive a positive number: blocks(2)."
                            .formatted(blocks));
        }
    }

    /** A net with these filters and the defaults. */
    public static ResNet of(int... filters) {
        return new ResNet(Arrays.stream(filters).boxed().toList(), DEFAULT_BLOCKS, DEFAULT_NORM);
    }

    /** This net with more blocks a stage. */
    public ResNet blocks(int number) {
        return new ResNet(filters, number, norm);
    }

    /** This net with another normalisation: {@code norm(groupNorm(4))} does not couple the rows of a batch. */
    public ResNet norm(Layer other) {
        return new ResNet(filters, blocks, other);
    }

    /** Its layers. */
    public Sequential layers() {
        List<Layer> layers = new ArrayList<>(List.of(conv(filters.get(0), 1), norm, new Activation.Relu()));
        for (int stage = 0; stage < filters.size(); stage++) {
            for (int b = 0; b < blocks; b++) {
                int number = filters.get(stage);
                layers.add(stage > 0 && b == 0 ? halving(number) : block(number, 1));
                layers.add(new Activation.Relu());
            }
        }
        layers.add(new GlobalPool(Readout.MEAN));
        return new Sequential(layers);
    }

    private static Conv2d conv(int number, int stride) {
        return Conv2d.of(number, 3, 3).stride(stride).padding(1).noBias();
    }

    private Residual block(int number, int stride) {
        Layer through = Sequential.of(conv(number, stride), norm, new Activation.Relu(), conv(number, 1), norm);
        return Residual.of(through);
    }

    private Residual halving(int number) {
        return block(number, 2).shortcut(Conv2d.of(number, 1, 1).stride(2).noBias(), norm);
    }

    @Override
    public Node record(Tape tape, String prefix, Sources sources, RandomGenerator random) {
        return layers().record(tape, prefix, sources.only(this, Shape.Image.class, "an image"), random);
    }

    @Override
    public String toString() {
        return "resnet(" + filters.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")"
                + (blocks == DEFAULT_BLOCKS ? "" : ".blocks(" + blocks + ")")
                + (norm.equals(DEFAULT_NORM) ? "" : ".norm(" + norm + ")");
    }
}
