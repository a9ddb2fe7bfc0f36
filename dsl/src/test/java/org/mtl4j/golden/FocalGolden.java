package org.mtl4j.golden;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.task.Focal;
import tools.jackson.databind.JsonNode;

/** Focal losses on sigmoids and on a softmax against {@link Focal}. */
final class FocalGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden/losses/1") && file.name().equals("Focal");
    }

    @Override
    public void check(JsonNode each) {
        JsonNode config = each.path("config");
        JsonNode alpha = config.path("alpha");
        List<Double> alphas = alpha.isNull() || alpha.isMissingNode()
                ? List.of()
                : Arrays.stream(Tensors.values(alpha)).boxed().toList();
        Focal loss = new Focal(config.path("gamma").asDouble(), alphas);
        JsonNode logits = each.path("inputs").path("logits");
        float[] target = Tensors.floats(each.path("inputs").path("target"));
        int width = Tensors.width(logits);
        int targetWidth = config.path("kind").asString().equals("softmax") ? 1 : width;
        LossProbe probe = new LossProbe(loss, Tensors.floats(logits), width, target, targetWidth, row -> true);
        Tensors.assertClose("value", probe.value(), each.path("value").asDouble(), Tensors.OUTPUT);
        Tensors.assertGradient(
                "logits", probe.signal(), Tensors.values(each.path("grads").path("logits")));
    }
}
