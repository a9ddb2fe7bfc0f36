package org.mtl4j.balance;

import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import tools.jackson.databind.JsonNode;

/** LibMTL's GradNorm after its first epoch against ours: the weights, the update, and the gradient that trains the weights. */
public final class GradNormGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden-1") && file.name().equals("gradnorm");
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        return each.path("params").path("alpha").isNumber()
                && each.path("state").path("loss_scale").isArray()
                && each.path("state").path("epoch0_losses").isArray()
                && each.path("weights").isArray();
    }

    @Override
    public void check(JsonNode each) {
        double[][] gradients =
                each.path("gradients").valueStream().map(Tensors::values).toArray(double[][]::new);
        int tasks = gradients.length;
        Weighting weighting = GradNorm.asPublished()
                .alpha(each.path("params").path("alpha").asDouble())
                .start(BalancerContract.tasks(tasks));
        double[] given = Tensors.values(each.path("state").path("loss_scale"));
        float[] scales = new float[tasks];
        for (int t = 0; t < tasks; t++) {
            scales[t] = (float) given[t];
        }
        float[] slope = new float[tasks];
        double[] weights = new double[tasks];
        for (int epoch = 0; epoch < 2; epoch++) {
            WeighingStep step = Steps.ofGradients(gradients, 1);
            step.beginEpoch(epoch);
            JsonNode losses = epoch == 0 ? each.path("state").path("epoch0_losses") : each.path("losses");
            System.arraycopy(Tensors.values(losses), 0, step.losses(), 0, tasks);
            step.bindOwn(scales, slope, 0);
            weighting.weigh(step, weights);
        }
        Tensors.assertClose("weights", weights, Tensors.values(each.path("weights")), Tensors.OUTPUT);
        Tensors.assertGradient("slope", slope, Tensors.values(each.path("loss_scale_grad")));
        double[] direction = Steps.combination(weights, gradients);
        float[] rounded = new float[direction.length];
        for (int p = 0; p < rounded.length; p++) {
            rounded[p] = (float) direction[p];
        }
        Tensors.assertGradient("direction", rounded, Tensors.values(each.path("direction")));
    }
}
