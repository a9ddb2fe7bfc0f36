package org.mtl4j.golden;

import java.util.stream.DoubleStream;
import org.mtl4j.optimise.Clipping;
import tools.jackson.databind.JsonNode;

/** PyTorch's clip_grad_norm_ and clip_grad_value_ against ours, over all tensors together. */
final class ClippingGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden/optimisers/1") && file.name().equals("Clipping");
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        JsonNode type = each.path("norm_type");
        return each.path("kind").asString("").equals("value")
                || type.asString("").equals("inf")
                || type.asDouble(0) == 1
                || type.asDouble(0) == 2;
    }

    @Override
    public void check(JsonNode each) {
        double max = each.path("max").asDouble();
        float[] gradient = Tensors.floats(all(each.path("gradients")));
        Clipping clipping = new Clipping.Value(max);
        if (each.path("kind").asString().equals("norm")) {
            Clipping.Norm norm = new Clipping.Norm(max, order(each.path("norm_type")));
            Tensors.assertClose(
                    "norm", norm.of(gradient), each.path("total_norm").asDouble(), Tensors.OUTPUT);
            clipping = norm;
        }
        clipping.apply(gradient);
        Tensors.assertGradient("clipped", gradient, all(each.path("clipped")));
    }

    private static double order(JsonNode type) {
        return type.isString() ? Double.POSITIVE_INFINITY : type.asDouble();
    }

    private static double[] all(JsonNode tensors) {
        return tensors.valueStream()
                .flatMapToDouble(tensor -> DoubleStream.of(Tensors.values(tensor)))
                .toArray();
    }
}
