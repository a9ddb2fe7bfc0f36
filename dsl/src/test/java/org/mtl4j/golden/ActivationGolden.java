package org.mtl4j.golden;

import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.DenseProbe;
import tools.jackson.databind.JsonNode;

/** PyTorch's activations against ours after a dense layer with the identity as weights; any shape, as rows. */
final class ActivationGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden/layers/1") && file.name().equals("Activation");
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        JsonNode config = each.path("config");
        return Activations.named(config.path("kind").asString(), config).isPresent();
    }

    @Override
    public void check(JsonNode each) {
        JsonNode config = each.path("config");
        Activation activation =
                Activations.named(config.path("kind").asString(), config).orElseThrow();
        JsonNode x = each.path("inputs").path("x");
        int[] shape = Tensors.shape(x);
        int dim = Math.floorMod(config.path("dim").asInt(-1), Math.max(1, shape.length));
        int width = shape.length == 0 ? 1 : shape[dim];
        float[] values = Tensors.floats(rows(x, shape, dim));
        DenseProbe probe = DenseProbe.of(activation, width);
        float[] y = probe.forward(values, values.length / width);
        Tensors.assertClose("output", y, rows(each.path("outputs").path("output"), shape, dim), Tensors.OUTPUT);
        float[] dx =
                probe.backward(Tensors.floats(rows(each.path("grad_outputs").path("output"), shape, dim)));
        Tensors.assertGradient("x", dx, rows(each.path("grad_inputs").path("x"), shape, dim));
    }

    private static double[] rows(JsonNode tensor, int[] shape, int dim) {
        return Tensors.lastDimension(Tensors.values(tensor), shape, dim);
    }
}
