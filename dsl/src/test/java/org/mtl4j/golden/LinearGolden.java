package org.mtl4j.golden;

import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.DenseProbe;
import tools.jackson.databind.JsonNode;

/** PyTorch's Linear against a dense layer on a tape; their weight is [out, in], ours [in, out]. */
final class LinearGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden/layers/1") && file.name().equals("Linear");
    }

    @Override
    public void check(JsonNode each) {
        JsonNode x = each.path("inputs").path("x");
        JsonNode weight = each.path("params").path("weight");
        int in = Tensors.shape(weight)[1];
        int out = Tensors.shape(weight)[0];
        DenseProbe probe = new DenseProbe(in, out, new Activation.Identity());
        probe.set("layer.weight", Tensors.transposed(Tensors.floats(weight), out, in));
        boolean biased = each.path("params").has("bias");
        if (biased) {
            probe.set("layer.bias", Tensors.floats(each.path("params").path("bias")));
        }
        float[] values = Tensors.floats(x);
        float[] y = probe.forward(values, values.length / in);
        Tensors.assertClose("output", y, Tensors.values(each.path("outputs").path("output")), Tensors.OUTPUT);

        float[] dx = probe.backward(Tensors.floats(each.path("grad_outputs").path("output")));
        JsonNode gradients = each.path("grad_params");
        Tensors.assertGradient("x", dx, Tensors.values(each.path("grad_inputs").path("x")));
        float[] dw = Tensors.transposed(probe.gradient("layer.weight"), in, out);
        Tensors.assertGradient("weight", dw, Tensors.values(gradients.path("weight")));
        if (biased) {
            Tensors.assertGradient("bias", probe.gradient("layer.bias"), Tensors.values(gradients.path("bias")));
        }
    }
}
