package org.mtl4j.golden;

import java.util.List;
import org.mtl4j.optimise.Optimiser;
import org.mtl4j.optimise.Sam;
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
        String applied = optimiser instanceof Sam ? "perturbed_gradients" : "gradients";
        List<JsonNode> gradients = each.path(applied).valueStream().toList();
        for (int t = 0; t < gradients.size(); t++) {
            if (optimiser instanceof Sam sam) {
                assertPerturbed(sam, theta, each, t);
            }
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

    /** The gradient H theta - b + noise at our perturbed parameters is the one that was recorded at the reference's. */
    private static void assertPerturbed(Sam sam, float[] theta, JsonNode each, int t) {
        float[] moved = theta.clone();
        sam.perturb(moved, Tensors.floats(each.path("gradients").path(t)), moved.length);
        double[] h = Tensors.values(each.path("H"));
        double[] b = Tensors.values(each.path("b"));
        double[] noise = Tensors.values(each.path("noise"));
        double[] gradient = new double[moved.length];
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = noise[t * gradient.length + i] - b[i];
            for (int j = 0; j < gradient.length; j++) {
                gradient[i] += h[i * gradient.length + j] * moved[j];
            }
        }
        Tensors.assertGradient(
                "gradient at the perturbed parameters of step " + t,
                Tensors.floats(gradient),
                Tensors.values(each.path("perturbed_gradients").path(t)));
    }
}
