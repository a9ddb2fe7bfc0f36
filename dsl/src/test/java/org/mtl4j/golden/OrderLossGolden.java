package org.mtl4j.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.mtl4j.task.Coral;
import org.mtl4j.task.Loss;
import org.mtl4j.task.MarginRanking;
import org.mtl4j.task.Pinball;
import tools.jackson.databind.JsonNode;

/** Losses of ordered targets: consistent rank logits, quantiles, and pairs to be ranked. */
final class OrderLossGolden implements Runner {

    private static final Set<String> NAMES = Set.of("OrdinalCoral", "Quantile", "MarginRanking");

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden/losses/1") && NAMES.contains(file.name());
    }

    @Override
    public void check(JsonNode each) {
        JsonNode inputs = each.path("inputs");
        if (inputs.has("score")) {
            coral(each, inputs);
        } else if (inputs.has("x1")) {
            ranking(each, inputs);
        } else {
            quantiles(each, inputs);
        }
    }

    private static void coral(JsonNode each, JsonNode inputs) {
        List<Double> importance = inputs.has("importance")
                ? Arrays.stream(Tensors.values(inputs.path("importance")))
                        .boxed()
                        .toList()
                : List.of();
        float[] score = Tensors.floats(inputs.path("score"));
        float[] bias = Tensors.floats(inputs.path("bias"));
        float[] target = Tensors.floats(inputs.path("target"));
        LossProbe probe = LossProbe.at(1, new Coral(importance), score, 1, target, row -> true, bias);
        assertValue(each, probe);
        assertGradient(each, "score", probe.signal());
        assertGradient(each, "bias", probe.ownGradient());
    }

    private static void quantiles(JsonNode each, JsonNode inputs) {
        List<Double> levels = Arrays.stream(Tensors.values(each.path("config").path("quantiles")))
                .boxed()
                .toList();
        float[] target = Tensors.floats(inputs.path("target"));
        LossProbe probe = new LossProbe(
                new Pinball(levels), Tensors.floats(inputs.path("pred")), levels.size(), target, 1, row -> true);
        assertValue(each, probe);
        assertGradient(each, "pred", probe.signal());
    }

    /** Each pair is a group of two rows, the better one of relevance 1. */
    private static void ranking(JsonNode each, JsonNode inputs) {
        float[] x1 = Tensors.floats(inputs.path("x1"));
        float[] x2 = Tensors.floats(inputs.path("x2"));
        float[] y = Tensors.floats(inputs.path("y"));
        int n = y.length;
        float[] outputs = new float[2 * n];
        float[] targets = new float[4 * n];
        for (int i = 0; i < n; i++) {
            outputs[i] = x1[i];
            outputs[n + i] = x2[i];
            targets[2 * i] = y[i];
            targets[2 * i + 1] = i;
            targets[2 * (n + i) + 1] = i;
        }
        Loss loss = new MarginRanking(each.path("config").path("margin").asDouble());
        LossProbe probe = new LossProbe(loss, outputs, 1, targets, 2, row -> true);
        assertValue(each, probe);
        assertGradient(each, "x1", Arrays.copyOf(probe.signal(), n));
        assertGradient(each, "x2", Arrays.copyOfRange(probe.signal(), n, 2 * n));
    }

    private static void assertValue(JsonNode each, LossProbe probe) {
        assertThat(each.path("value").isNumber()).isTrue();
        Tensors.assertClose("value", probe.value(), each.path("value").asDouble(), Tensors.OUTPUT);
    }

    private static void assertGradient(JsonNode each, String name, float[] ours) {
        Tensors.assertGradient(name, ours, Tensors.values(each.path("grads").path(name)));
    }
}
