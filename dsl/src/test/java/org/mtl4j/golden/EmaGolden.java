package org.mtl4j.golden;

import java.util.List;
import java.util.Map;
import org.mtl4j.optimise.Average;
import org.mtl4j.optimise.Ema;
import tools.jackson.databind.JsonNode;

/** Averages of recorded parameters against ours. */
final class EmaGolden implements Runner {

    private static final Map<String, Ema.Start> KINDS =
            Map.of("plain", Ema.Start.PARAMETERS, "warmup", Ema.Start.WARMUP, "zero_debiased", Ema.Start.DEBIASED);

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden/optimisers/1") && file.name().equals("EMA");
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        return KINDS.containsKey(each.path("kind").asString(""));
    }

    @Override
    public void check(JsonNode each) {
        Ema ema = new Ema(
                each.path("decay").asDouble(), KINDS.get(each.path("kind").asString()));
        float[] values = Tensors.floats(each.path("initial"));
        Average average = ema.start(values);
        double[] all = Tensors.values(each.path("values"));
        List<JsonNode> expected = (each.path("ema").has("values")
                        ? each.path("ema").path("values")
                        : each.path("ema"))
                .valueStream()
                .toList();
        for (int t = 0; t < expected.size(); t++) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) all[t * values.length + i];
            }
            average.add(values);
            float[] mean = new float[values.length];
            average.get(mean);
            Tensors.assertClose("average after step " + t, mean, Tensors.values(expected.get(t)), Tensors.OUTPUT);
        }
    }
}
