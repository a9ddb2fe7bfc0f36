package org.mtl4j.golden;

import java.util.Set;
import org.mtl4j.task.Loss;
import tools.jackson.databind.JsonNode;

/** PyTorch's mse, l1, huber and smooth l1 losses against ours. */
final class RegressionLossGolden implements Runner {

    private static final Set<String> KINDS = Set.of("mse", "l1", "huber", "smooth_l1");

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden/losses/1") && file.name().equals("Regression");
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        return KINDS.contains(each.path("config").path("kind").asString(""));
    }

    @Override
    public void check(JsonNode each) {
        JsonNode pred = each.path("inputs").path("pred");
        int[] shape = Tensors.shape(pred);
        int width = shape.length < 2 ? 1 : shape[shape.length - 1];
        float[] target = Tensors.floats(each.path("inputs").path("target"));
        LossProbe probe =
                new LossProbe(loss(each.path("config")), Tensors.floats(pred), width, target, width, row -> true);
        Tensors.assertClose("value", probe.value(), each.path("value").asDouble(), Tensors.OUTPUT);
        Tensors.assertGradient(
                "pred", probe.signal(), Tensors.values(each.path("grads").path("pred")));
    }

    private static Loss loss(JsonNode config) {
        Loss.Reduction reduction = LossProbe.reduction(config.path("reduction").asString("mean"));
        return switch (config.path("kind").asString()) {
            case "mse" -> new Loss.MeanSquaredError(reduction);
            case "l1" -> new Loss.MeanAbsoluteError(reduction);
            case "huber" -> new Loss.Huber(config.path("delta").asDouble(1), reduction);
            default -> new Loss.SmoothL1(config.path("beta").asDouble(1), reduction);
        };
    }
}
