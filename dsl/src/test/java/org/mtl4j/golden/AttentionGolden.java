package org.mtl4j.golden;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.mtl4j.tensor.Attention;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.LayerBench;
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
        super("MultiheadAttention");
    }

    @Override
    Map<String, Node> record(LayerBench bench, JsonNode each) {
        JsonNode config = each.path("config");
        Attention spec = new Attention(
                config.path("embed").asInt(),
                config.path("heads").asInt(),
                config.path("causal").asBoolean() ? Attention.Mask.CAUSAL : Attention.Mask.NONE);
        boolean self = config.path("kind").asString().equals("self");
        Node query = series(bench, each, "query", self ? lengths(each) : null);
        if (self) {
            return Map.of(
                    "output", TransformerLayers.selfAttention(bench.tape(), "layer", query, spec, Draws.generator(1)));
        }
        Node key = series(bench, each, "key", lengths(each));
        Node value = series(bench, each, "value", lengths(each));
        List<Node> inputs = List.of(query, key, value);
        return Map.of(
                "output", TransformerLayers.crossAttention(bench.tape(), "layer", inputs, spec, Draws.generator(1)));
    }

    @Override
    String our(String name) {
        return "layer." + name.replace("in_proj_", "in_proj.");
    }

    @Override
    void setParameter(LayerBench bench, String name, JsonNode tensor) {
        if (isWhole(bench, name)) {
            super.setParameter(bench, name, tensor);
            return;
        }
        float[] theirs = Tensors.floats(tensor);
        int part = theirs.length / PARTS.size();
        for (int p = 0; p < PARTS.size(); p++) {
            float[] one = Arrays.copyOfRange(theirs, p * part, (p + 1) * part);
            int width = Tensors.width(tensor);
            bench.set(
                    our(name).replace("in_proj", PARTS.get(p)),
                    isTurned(tensor) ? Tensors.transposed(one, width, width) : one);
        }
    }

    @Override
    void assertGradient(LayerBench bench, String name, JsonNode tensor) {
        if (isWhole(bench, name)) {
            super.assertGradient(bench, name, tensor);
            return;
        }
        double[] theirs = Tensors.values(tensor);
        int part = theirs.length / PARTS.size();
        float[] ours = new float[theirs.length];
        for (int p = 0; p < PARTS.size(); p++) {
            float[] one = bench.gradient(our(name).replace("in_proj", PARTS.get(p)));
            int width = Tensors.width(tensor);
            System.arraycopy(isTurned(tensor) ? Tensors.transposed(one, width, width) : one, 0, ours, p * part, part);
        }
        Tensors.assertGradient(name, ours, theirs);
    }

    /** Whether ours lies as theirs: all but a projection that is split. */
    private boolean isWhole(LayerBench bench, String name) {
        return bench.tape().parameters().list().stream()
                .anyMatch(parameter -> parameter.name().equals(our(name)));
    }
}
