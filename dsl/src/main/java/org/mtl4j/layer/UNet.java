package org.mtl4j.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Conv2d;
import org.mtl4j.tensor.ConvTranspose2d;
import org.mtl4j.tensor.Join;
import org.mtl4j.tensor.Layer;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Pool;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;

/**
 * A U-shaped net for an answer at each pixel (Ronneberger et al. 2015): on the way down, at each level two convolutions of 3 x 3
 * with a normalisation and ReLU, then the greatest of 2 x 2 pixels; on the way up, a transposed convolution of 2 x 2 with stride
 * 2, joined with the level's own channels from the way down, and two convolutions.
 *
 * <p>[channels, height, width] -> [first number of filters, height, width]. Unlike the paper, images are padded, so that they keep
 * their size, and normalised.
 *
 * <pre>{@code
 * unet(16, 32, 64)
 * }</pre>
 *
 * @param filters of each level, from the top on
 * @param norm after each convolution
 */
public record UNet(List<Integer> filters, Layer norm) implements Encoder {

    public UNet {
        filters = List.copyOf(filters);
        if (filters.size() < 2) {
            throw new IllegalArgumentException(
                    "unet(%s): it has at least two levels.%nGive one number of filters per level: unet(16, 32, 64)."
                            .formatted(words(filters)));
        }
    }

    /** A net with these filters and the default normalisation. */
    public static UNet of(int... filters) {
        return new UNet(Arrays.stream(filters).boxed().toList(), ResNet.DEFAULT_NORM);
    }

    /** This net with another normalisation: {@code norm(groupNorm(4))} does not couple the rows of a batch. */
    public UNet norm(Layer other) {
        return new UNet(filters, other);
    }

    private Sequential level(int number) {
        Conv2d conv = Conv2d.of(number, 3, 3).padding(1).noBias();
        return Sequential.of(conv, norm, new Activation.Relu(), conv, norm, new Activation.Relu());
    }

    @Override
    public Node record(Tape tape, String prefix, Sources sources, RandomGenerator random) {
        Node input = sources.only(this, Shape.Image.class, "an image");
        requireHalves(input);
        List<Node> levels = new ArrayList<>();
        Node top = input;
        for (int l = 0; l < filters.size(); l++) {
            String name = prefix + ".down." + l;
            Node from = l == 0 ? top : Pool.max(2, 2).record(tape, name + ".pool", top, random);
            top = level(filters.get(l)).record(tape, name, from, random);
            levels.add(top);
        }
        for (int l = filters.size() - 2; l >= 0; l--) {
            String name = prefix + ".up." + l;
            Node larger =
                    ConvTranspose2d.of(filters.get(l), 2, 2).stride(2).record(tape, name + ".larger", top, random);
            Node both = Join.CONCATENATE.record(tape, name + ".joined", List.of(levels.get(l), larger));
            top = level(filters.get(l)).record(tape, name, both, random);
        }
        return top;
    }

    private void requireHalves(Node input) {
        Shape.Image image = (Shape.Image) input.shape();
        int factor = 1 << (filters.size() - 1);
        if (image.height() % factor != 0 || image.width() % factor != 0) {
            throw new IllegalArgumentException(
                    "Encoder %s: it halves images %d times, but input '%s' of the data is an image of %s.%nGive it images whose height and width are multiples of %d, or fewer levels."
                            .formatted(this, filters.size() - 1, input.name(), image, factor));
        }
    }

    private static String words(List<Integer> filters) {
        return filters.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return "unet(" + words(filters) + ")" + (norm.equals(ResNet.DEFAULT_NORM) ? "" : ".norm(" + norm + ")");
    }
}
