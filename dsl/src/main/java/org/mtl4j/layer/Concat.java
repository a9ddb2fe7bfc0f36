package org.mtl4j.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mtl4j.tensor.Join;
import org.mtl4j.tensor.Layer;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Tape;

/**
 * Branches that read the same input, laid next to each other: channels of images of one size, features of vectors, features
 * at each place of series of one length.
 *
 * <pre>{@code
 * concat(conv2d(8, 1), conv2d(8, 3).padding(1))
 * }</pre>
 *
 * @param branches in the order of their channels
 */
public record Concat(List<Layer> branches) implements Layer {

    public Concat {
        branches = List.copyOf(branches);
        if (branches.size() < 2) {
            throw new IllegalArgumentException(
                    "concat(%s): it joins at least two branches.%nGive each as a layer, or as a sequential(..)."
                            .formatted(Sequential.words(branches)));
        }
    }

    /** These branches. */
    public static Concat of(Layer... branches) {
        return new Concat(Arrays.asList(branches));
    }

    @Override
    public Node record(Tape tape, String name, Node input, RandomGenerator random) {
        List<Node> ends = new ArrayList<>();
        for (int b = 0; b < branches.size(); b++) {
            ends.add(branches.get(b).record(tape, name + "." + b, input, random));
        }
        return Join.CONCATENATE.record(tape, name, ends);
    }

    @Override
    public String toString() {
        return "concat(" + Sequential.words(branches) + ")";
    }
}
