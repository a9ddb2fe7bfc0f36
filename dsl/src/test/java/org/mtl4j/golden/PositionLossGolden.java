package org.mtl4j.golden;

import java.util.List;
import java.util.function.IntPredicate;
import org.mtl4j.task.DepthL1;
import org.mtl4j.task.GIoU;
import org.mtl4j.task.Loss;
import org.mtl4j.task.NormalCosine;
import org.mtl4j.task.SequenceCrossEntropy;
import tools.jackson.databind.JsonNode;

/** Losses at tokens, pixels and boxes. */
final class PositionLossGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden/losses/1")
                && switch (file.name()) {
                    case "SequenceCrossEntropy", "DepthL1", "NormalCosine", "GIoU" -> true;
                    default -> false;
                };
    }

    @Override
    public void check(JsonNode each) {
        JsonNode inputs = each.path("inputs");
        if (inputs.has("logits")) {
            tokens(each, inputs);
        } else if (each.path("aux").has("giou")) {
            rows(each, inputs, new GIoU(), 4);
        } else if (Tensors.shape(inputs.path("pred"))[1] == 3) {
            normals(each, inputs);
        } else {
            rows(each, inputs, new DepthL1(), 1);
        }
    }

    private static void tokens(JsonNode each, JsonNode inputs) {
        JsonNode config = each.path("config");
        double smoothing = config.path("label_smoothing").asDouble(0);
        Loss loss = config.path("average").asString().equals("sequence")
                ? new SequenceCrossEntropy(smoothing)
                : new Loss.CrossEntropy(smoothing, List.of(), Loss.Reduction.MEAN);
        double[] mask = Tensors.values(inputs.path("mask"));
        IntPredicate real = token -> mask[token] != 0;
        JsonNode logits = inputs.path("logits");
        LossProbe probe = LossProbe.at(
                Tensors.shape(logits)[1],
                loss,
                Tensors.floats(logits),
                Tensors.width(logits),
                Tensors.floats(inputs.path("target")),
                real,
                new float[0]);
        check(
                each,
                probe.value(),
                "logits",
                probe.signal(),
                Tensors.values(each.path("grads").path("logits")));
    }

    private static void rows(JsonNode each, JsonNode inputs, Loss loss, int width) {
        float[] pred = Tensors.floats(inputs.path("pred"));
        LossProbe probe = new LossProbe(loss, pred, width, Tensors.floats(inputs.path("target")), width, row -> true);
        check(
                each,
                probe.value(),
                "pred",
                probe.signal(),
                Tensors.values(each.path("grads").path("pred")));
    }

    /** Channels last, as a head's outputs lie. */
    private static void normals(JsonNode each, JsonNode inputs) {
        int[] shape = Tensors.shape(inputs.path("pred"));
        float[] pred = Tensors.floats(Tensors.lastDimension(Tensors.values(inputs.path("pred")), shape, 1));
        float[] target = Tensors.floats(Tensors.lastDimension(Tensors.values(inputs.path("target")), shape, 1));
        LossProbe probe = new LossProbe(new NormalCosine(), pred, 3, target, 3, row -> true);
        double[] expected =
                Tensors.lastDimension(Tensors.values(each.path("grads").path("pred")), shape, 1);
        check(each, probe.value(), "pred", probe.signal(), expected);
    }

    private static void check(JsonNode each, double value, String name, float[] signal, double[] expected) {
        Tensors.assertClose("value", value, each.path("value").asDouble(), Tensors.OUTPUT);
        Tensors.assertGradient(name, signal, expected);
    }
}
