package org.mtl4j.golden;

import org.mtl4j.task.Contrastive;
import tools.jackson.databind.JsonNode;

/** InfoNCE, CLIP's and SimCLR's losses against ours: a couple's two vectors side by side are a row. */
final class ContrastiveGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden/losses/1") && file.name().equals("Contrastive");
    }

    @Override
    public void check(JsonNode each) {
        JsonNode inputs = each.path("inputs");
        int d = Tensors.width(inputs.path("a"));
        float[] rows = beside(Tensors.floats(inputs.path("a")), Tensors.floats(inputs.path("b")), d);
        float[] own = inputs.has("log_scale") ? Tensors.floats(inputs.path("log_scale")) : new float[0];
        LossProbe probe =
                LossProbe.at(1, loss(each.path("config")), rows, 2 * d, new float[rows.length], row -> true, own);
        Tensors.assertClose("value", probe.value(), each.path("value").asDouble(), Tensors.OUTPUT);
        JsonNode grads = each.path("grads");
        Tensors.assertGradient("a", half(probe.signal(), 0, d), Tensors.values(grads.path("a")));
        Tensors.assertGradient("b", half(probe.signal(), d, d), Tensors.values(grads.path("b")));
        if (own.length > 0) {
            Tensors.assertGradient("log_scale", probe.ownGradient(), Tensors.values(grads.path("log_scale")));
        }
    }

    private static Contrastive loss(JsonNode config) {
        double temperature = config.path("temperature").asDouble(1);
        return switch (config.path("kind").asString()) {
            case "infonce" -> new Contrastive.InfoNce(temperature);
            case "ntxent" -> new Contrastive.NtXent(temperature);
            default -> new Contrastive.Clip();
        };
    }

    private static float[] beside(float[] a, float[] b, int d) {
        float[] rows = new float[2 * a.length];
        for (int r = 0; r < a.length / d; r++) {
            System.arraycopy(a, r * d, rows, 2 * r * d, d);
            System.arraycopy(b, r * d, rows, (2 * r + 1) * d, d);
        }
        return rows;
    }

    private static float[] half(float[] rows, int from, int d) {
        float[] half = new float[rows.length / 2];
        for (int r = 0; r < half.length / d; r++) {
            System.arraycopy(rows, 2 * r * d + from, half, r * d, d);
        }
        return half;
    }
}
