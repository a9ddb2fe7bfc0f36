package org.mtl4j.golden;

import java.util.List;
import org.mtl4j.optimise.Optimiser;
import org.mtl4j.optimise.Update;
import tools.jackson.databind.JsonNode;

/** PyTorch's optimisers against ours on the gradients that were recorded at the reference's own iterates. */
final class OptimiserGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden/optimisers/1")
                && file.cases().stream().anyMatch(this::knowsCase);
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        return each.has("gradients")
                && each.has("theta0")
                && Optimisers.named(each.path("optimizer").asString(""), each.path("params"))
                        .isPresent();
    }

    @Override
    public void check(JsonNode each) {
        Optimiser optimiser = Optimisers.named(each.path("optimizer").asString(), each.path("params"))
                .orElseThrow();
        float[] theta = Tensors.floats(each.path("theta0"));
        Update update = optimiser.start(theta.length);
        List<JsonNode> gradients = each.path("gradients").valueStream().toList();
        for (int t = 0; t < gradients.size(); t++) {
            update.step(
                    theta,
                    Tensors.floats(gradients.get(t)),
                    optimiser.settings().rate());
            Tensors.assertClose(
                    "theta after step " + t,
                    theta,
                    Tensors.values(each.path("theta").path(t)),
                    Tensors.OUTPUT);
        }
    }
}
