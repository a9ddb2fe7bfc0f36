package org.mtl4j.golden;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.tensor.Attention;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.LayerRig;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.TransformerLayers;
import tools.jackson.databind.JsonNode;

/**
 * PyTorch's MultiheadAttention. Its {@code in_proj} stacks the weights of queries, keys and values; ours has them in one layer
 * where a series attends to itself, else in three.
 */
final class AttentionGolden extends SequenceGolden {

    private static final List<String> PARTS = List.of("q_proj", "k_proj", "v_proj");

    AttentionGolden() {
        super("MultiheadAttention", "key", "value");
    }

    private static boolean isSelf(JsonNode each) {
        return each.path("config").path("kind").asString("").equals("self");
    }

    @Override
    int rows(JsonNode each) {
        return Tensors.shape(each.path("inputs").path("query"))[0];
    }

    @Override
    void record(JsonNode each, LayerRig rig) {
        JsonNode config = each.path("config");
        Attention spec = new Attention(
                config.path("embed").asInt(),
                config.path("heads").asInt(),
                config.path("causal").asBoolean() ? Attention.Mask.CAUSAL : Attention.Mask.NONE);
        Node query = series("query", each, rig);
        if (isSelf(each)) {
            rig.output("output", TransformerLayers.selfAttention(rig.tape(), LAYER, query, spec, Draws.generator(1)));
            return;
        }
        List<Node> inputs = List.of(query, series("key", each, rig), series("value", each, rig));
        rig.output("output", TransformerLayers.crossAttention(rig.tape(), LAYER, inputs, spec, Draws.generator(1)));
    }

    @Override
    void prepare(JsonNode each, LayerRig rig) {
        if (isSelf(each)) {
            pad("query", each, rig);
        } else {
            super.prepare(each, rig);
        }
    }

    @Override
    String parameter(String theirs) {
        return super.parameter(theirs.replace("in_proj_", "in_proj."));
    }

    @Override
    List<String> parameters(String theirs, JsonNode each) {
        return isSelf(each) || !theirs.startsWith("in_proj")
                ? super.parameters(theirs, each)
                : PARTS.stream()
                        .map(part -> parameter(theirs).replace("in_proj", part))
                        .toList();
    }

    /** The three parts of a stacked matrix are turned each, where ours are three. */
    @Override
    float[] ours(String tensor, JsonNode values, JsonNode each) {
        int[] shape = Tensors.shape(values);
        if (isSelf(each) || !tensor.equals("in_proj_weight")) {
            return super.ours(tensor, values, each);
        }
        float[] theirs = Tensors.floats(values);
        int part = theirs.length / PARTS.size();
        for (int p = 0; p < PARTS.size(); p++) {
            float[] one = Arrays.copyOfRange(theirs, p * part, (p + 1) * part);
            System.arraycopy(Tensors.transposed(one, shape[1], shape[1]), 0, theirs, p * part, part);
        }
        return theirs;
    }
}
