package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import tools.jackson.databind.JsonNode;

/**
 * LibMTL's and TorchJD's methods that read the gradients themselves, against ours, step by step: GradDrop with
 * the numbers that they drew, DB-MTL, MoCo, ExcessMTL.
 */
public final class AggregatorGolden implements Runner {

    private static final Set<String> METHODS = Set.of("graddrop", "db_mtl", "moco", "excess_mtl");

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden-1") && METHODS.contains(file.name());
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        JsonNode params = each.path("params");
        return switch (each.path("method").asString("")) {
            case "graddrop" ->
                params.path("leak").isNumber()
                        && each.path("random").has("uniforms")
                        && (isByParameters(each) || each.path("representation").isArray());
            case "db_mtl" ->
                params.path("beta").isNumber() && params.path("beta_sigma").isNumber();
            case "moco" -> params.path("MoCo_beta").isNumber();
            default ->
                params.path("robust_step_size").isNumber()
                        && params.path("n_warmup_steps").asInt(0) == 0;
        };
    }

    /** Not [batch] of a representation. */
    private static boolean isByParameters(JsonNode each) {
        return each.path("gradients").path(0).path(0).isNumber();
    }

    private static Balancer balancer(JsonNode each) {
        JsonNode params = each.path("params");
        boolean isLibMtl = each.path("source").path("project").asString("").equals("LibMTL");
        return switch (each.path("method").asString("")) {
            case "graddrop" -> new GradDrop(params.path("leak").asDouble());
            case "db_mtl" ->
                new DbMtl(
                        params.path("beta").asDouble(),
                        params.path("beta_sigma").asDouble());
            case "moco" ->
                MoCo.asPublished()
                        .beta(
                                params.path("MoCo_beta").asDouble(),
                                params.path("MoCo_beta_sigma").asDouble())
                        .gamma(
                                params.path("MoCo_gamma").asDouble(),
                                params.path("MoCo_gamma_sigma").asDouble())
                        .rho(params.path("MoCo_rho").asDouble());
            default -> {
                ExcessMtl published = ExcessMtl.asPublished()
                        .rate(params.path("robust_step_size").asDouble());
                yield isLibMtl ? published : published.onSimplex();
            }
        };
    }

    @Override
    public void check(JsonNode each) {
        if (each.path("representation").isArray()) {
            JsonNode uniforms = each.path("random").path("uniforms");
            GradDropLayer.check(each, new Replayed(Tensors.values(uniforms)));
            return;
        }
        boolean isOneStep = each.has("gradients") && !each.has("steps");
        List<JsonNode> steps =
                isOneStep ? List.of(each) : each.path("steps").valueStream().toList();
        assertThat(steps).isNotEmpty();
        JsonNode first = steps.get(0).path("gradients");
        int tasks = first.size();
        int parameters = first.path(0).size();
        Weighting weighting = balancer(each).start(BalancerContract.tasks(tasks));
        weighting.open(parameters);
        Replayed uniforms = new Replayed(
                each.path("random").has("uniforms")
                        ? Tensors.values(each.path("random").path("uniforms"))
                        : new double[0]);
        for (JsonNode expected : steps) {
            double[][] gradients = expected.path("gradients")
                    .valueStream()
                    .map(Tensors::values)
                    .toArray(double[][]::new);
            WeighingStep step = Steps.of(gradients, uniforms);
            if (expected.path("losses").isArray()) {
                System.arraycopy(Tensors.values(expected.path("losses")), 0, step.losses(), 0, tasks);
            }
            check(weighting, step, gradients, expected);
        }
    }

    private static void check(Weighting weighting, WeighingStep step, double[][] gradients, JsonNode expected) {
        double[] weights = new double[gradients.length];
        weighting.weigh(step, weights);
        float[] direction = new float[gradients[0].length];
        if (weighting instanceof Aggregator aggregator) {
            aggregator.aggregate(step, direction);
        } else {
            double[] sum = Steps.combination(weights, gradients);
            for (int p = 0; p < sum.length; p++) {
                direction[p] = (float) sum[p];
            }
        }
        Tensors.assertGradient("direction", direction, Tensors.values(expected.path("direction")));
        if (expected.has("weights")) {
            Tensors.assertClose("weights", weights, Tensors.values(expected.path("weights")), Tensors.OUTPUT);
        }
    }

    /** Draws these numbers of [0, 1) in turn. */
    private static final class Replayed implements RandomGenerator {

        private final double[] uniforms;
        private int next;

        Replayed(double[] uniforms) {
            this.uniforms = uniforms;
        }

        @Override
        public long nextLong() {
            return (long) (uniforms[next++] * 0x1p53) << 11;
        }
    }
}
