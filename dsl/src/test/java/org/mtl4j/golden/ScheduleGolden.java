package org.mtl4j.golden;

import org.mtl4j.optimise.Pace;
import tools.jackson.databind.JsonNode;

/** PyTorch's schedulers against ours, in double. */
final class ScheduleGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden/optimisers/1") && file.name().equals("Schedules");
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        return Optimisers.schedule(each.path("kind").asString(""), each.path("params"))
                .isPresent();
    }

    @Override
    public void check(JsonNode each) {
        Pace pace = Optimisers.schedule(each.path("kind").asString(), each.path("params"))
                .orElseThrow()
                .begin();
        double[] expected = Tensors.values(each.path("lr"));
        double[] metric = each.has("metric") ? Tensors.values(each.path("metric")) : new double[0];
        for (int t = 0; t < expected.length; t++) {
            double rate = pace.rate(base(each), t, expected.length);
            Tensors.assertClose("rate of step " + t, rate, expected[t], Tensors.DOUBLE);
            if (t < metric.length) {
                pace.hear(metric[t]);
            }
        }
    }

    /** Our base rate; that of one cycle is its highest. */
    private static double base(JsonNode each) {
        JsonNode highest = each.path("params").path("max_lr");
        return highest.isNumber() ? highest.asDouble() : each.path("base_lr").asDouble();
    }
}
