package org.mtl4j.golden;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.task.Loss;
import tools.jackson.databind.JsonNode;

/** PyTorch's cross_entropy against {@link Loss.CrossEntropy}; a row of the ignored class is a row without a label. */
final class CrossEntropyGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden/losses/1") && file.name().equals("CrossEntropy");
    }

    @Override
    public void check(JsonNode each) {
        JsonNode config = each.path("config");
        JsonNode inputs = each.path("inputs");
        List<Double> weights = inputs.has("class_weight")
                ? Arrays.stream(Tensors.values(inputs.path("class_weight")))
                        .boxed()
                        .toList()
                : List.of();
        Loss loss = new Loss.CrossEntropy(
                config.path("label_smoothing").asDouble(0),
                weights,
                LossProbe.reduction(config.path("reduction").asString("mean")));
        JsonNode logits = inputs.path("logits");
        float[] target = Tensors.floats(inputs.path("target"));
        int ignored = config.path("ignore_index").isNumber()
                ? config.path("ignore_index").asInt()
                : -100;
        LossProbe probe = new LossProbe(
                loss, Tensors.floats(logits), Tensors.width(logits), target, 1, row -> target[row] != ignored);
        Tensors.assertClose("value", probe.value(), each.path("value").asDouble(), Tensors.OUTPUT);
        Tensors.assertGradient(
                "logits", probe.signal(), Tensors.values(each.path("grads").path("logits")));
    }
}
