package org.mtl4j.golden;

import org.mtl4j.optimise.Schedule;
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
        Schedule schedule = Optimisers.schedule(each.path("kind").asString(), each.path("params"))
                .orElseThrow();
        double[] expected = Tensors.values(each.path("lr"));
        for (int t = 0; t < expected.length; t++) {
            double rate = schedule.rate(each.path("base_lr").asDouble(), t, expected.length);
            Tensors.assertClose("rate of step " + t, rate, expected[t], Tensors.DOUBLE);
        }
    }
}
