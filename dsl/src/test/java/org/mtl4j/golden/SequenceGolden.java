package org.mtl4j.golden;

import java.util.stream.IntStream;
import org.mtl4j.tensor.LayerRig;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Shape;
import tools.jackson.databind.JsonNode;

/** A layer of sequences, [rows, length, features] in the file as here; matrices of parameters are [out, in] there, [in, out] here. */
abstract class SequenceGolden extends LayerGolden {

    /** The inputs whose rows have the lengths that the case tells. */
    private final String[] padded;

    SequenceGolden(String name, String... padded) {
        super(name);
        this.padded = padded;
    }

    /** An input of features at each of several places. */
    static Node series(String name, JsonNode each, LayerRig rig) {
        int[] shape = Tensors.shape(each.path("inputs").path(name));
        return rig.input(name, new Shape.Series(shape[1], shape[2]));
    }

    @Override
    float[] ours(String tensor, JsonNode values, JsonNode each) {
        int[] shape = Tensors.shape(values);
        float[] theirs = Tensors.floats(values);
        return shape.length == 2 && each.path("params").has(tensor)
                ? Tensors.transposed(theirs, shape[0], shape[1])
                : theirs;
    }

    @Override
    void prepare(JsonNode each, LayerRig rig) {
        for (String input : padded) {
            pad(input, each, rig);
        }
    }

    /** Gives the rows of an input the lengths that the case tells, if it does. */
    static void pad(String input, JsonNode each, LayerRig rig) {
        JsonNode inputs = each.path("inputs");
        if (inputs.has("lengths")) {
            rig.lengths(input, ints(inputs.path("lengths")));
        } else if (inputs.has("key_padding_mask")) {
            rig.lengths(input, unmasked(inputs.path("key_padding_mask")));
        }
    }

    /** How many places of each row are not masked, which are the first ones. */
    private static int[] unmasked(JsonNode tensor) {
        int places = Tensors.width(tensor);
        int[] mask = ints(tensor);
        return IntStream.range(0, mask.length / places)
                .map(row -> places
                        - IntStream.range(row * places, (row + 1) * places)
                                .map(place -> mask[place])
                                .sum())
                .toArray();
    }

    private static int[] ints(JsonNode tensor) {
        double[] values = Tensors.values(tensor);
        return IntStream.range(0, values.length).map(i -> (int) values[i]).toArray();
    }
}
