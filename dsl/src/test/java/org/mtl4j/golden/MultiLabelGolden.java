package org.mtl4j.golden;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.task.Loss;
import tools.jackson.databind.JsonNode;

/** PyTorch's binary cross-entropy over labels, with weights per label and a mask of labels, against ours. */
final class MultiLabelGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden/losses/1") && file.name().equals("MultiLabel");
    }

    @Override
    public void check(JsonNode each) {
        JsonNode inputs = each.path("inputs");
        int labels = Tensors.width(inputs.path("logits"));
        float[] targets = Tensors.floats(inputs.path("target"));
        if (inputs.has("mask")) {
            double[] mask = Tensors.values(inputs.path("mask"));
            for (int i = 0; i < mask.length; i++) {
                targets[i] = mask[i] == 0 ? Float.NaN : targets[i];
            }
        }
        List<Double> weights = inputs.has("pos_weight")
                ? Arrays.stream(Tensors.values(inputs.path("pos_weight")))
                        .boxed()
                        .toList()
                : List.of();
        Loss.Reduction reduction =
                LossProbe.reduction(each.path("config").path("reduction").asString("mean"));
        LossProbe probe = new LossProbe(
                new Loss.MultiLabelCrossEntropy(weights, reduction),
                Tensors.floats(inputs.path("logits")),
                labels,
                targets,
                labels,
                row -> isLabelled(targets, row, labels));
        Tensors.assertClose("value", probe.value(), each.path("value").asDouble(), Tensors.OUTPUT);
        Tensors.assertGradient(
                "logits", probe.signal(), Tensors.values(each.path("grads").path("logits")));
    }

    private static boolean isLabelled(float[] targets, int row, int labels) {
        for (int l = 0; l < labels; l++) {
            if (!Float.isNaN(targets[row * labels + l])) {
                return true;
            }
        }
        return false;
    }
}
