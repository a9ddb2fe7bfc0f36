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
        int last = Tensors.shape(each.path("inputs").path("x")).length - 1;
        int dim = config.path("dim").asInt(-1);
        return Activations.named(config.path("kind").asString(), config).isPresent() && (dim == -1 || dim == last);
    }

    @Override
    public void check(JsonNode each) {
        JsonNode config = each.path("config");
        Activation activation =
                Activations.named(config.path("kind").asString(), config).orElseThrow();
        JsonNode x = each.path("inputs").path("x");
        int width = Tensors.width(x);
        float[] values = Tensors.floats(x);
        DenseProbe probe = DenseProbe.of(activation, width);
        float[] y = probe.forward(values, values.length / width);
        Tensors.assertClose("output", y, Tensors.values(each.path("outputs").path("output")), Tensors.OUTPUT);
        float[] dx = probe.backward(Tensors.floats(each.path("grad_outputs").path("output")));
        Tensors.assertGradient("x", dx, Tensors.values(each.path("grad_inputs").path("x")));
    }
}
