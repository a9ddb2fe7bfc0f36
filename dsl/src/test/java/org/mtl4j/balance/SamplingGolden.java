package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import tools.jackson.databind.JsonNode;

/** LibMTL's and TorchJD's methods that sample twice, MoDo and SDMGrad, against ours: weights and update of each step. */
public final class SamplingGolden implements Runner {

    private static final Set<String> METHODS = Set.of("modo", "sdmgrad");

    /** What a case calls the gradients of a step's own batch, and those of the two further ones. */
    private record Names(String own, String first, String second) {
        static Names of(JsonNode each) {
            return isMoDo(each)
                    ? new Names("gradients_3", "gradients_1", "gradients_2")
                    : new Names("gradients_zeta", "gradients_xi1", "gradients_xi2");
        }
    }

    private static boolean isMoDo(JsonNode each) {
        return each.path("method").asString("").equals("modo");
    }

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden-1") && METHODS.contains(file.name());
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        JsonNode params = each.path("params");
        Names names = Names.of(each);
        JsonNode first = each.path("steps").path(0);
        boolean hasGradients = first.has(names.own()) && first.has(names.first()) && first.has(names.second());
        List<String> needed = isMoDo(each) ? List.of("gamma", "rho") : List.of("lambda", "niter", "sgd_lr", "momentum");
        return hasGradients
                && needed.stream().allMatch(name -> params.path(name).isNumber());
    }

    private static Balancer balancer(JsonNode each) {
        JsonNode params = each.path("params");
        if (isMoDo(each)) {
            return MoDo.asPublished()
                    .gamma(params.path("gamma").asDouble())
                    .rho(params.path("rho").asDouble());
        }
        return SdmGrad.asPublished()
                .lambda(params.path("lambda").asDouble())
                .iterations(params.path("niter").asInt())
                .rate(params.path("sgd_lr").asDouble())
                .momentum(params.path("momentum").asDouble());
    }

    private static double[][] rows(JsonNode gradients) {
        return gradients.valueStream().map(Tensors::values).toArray(double[][]::new);
    }

    @Override
    public void check(JsonNode each) {
        Names names = Names.of(each);
        List<JsonNode> steps = each.path("steps").valueStream().toList();
        assertThat(steps).isNotEmpty();
        int tasks = steps.get(0).path(names.own()).size();
        Weighting weighting = balancer(each).start(BalancerContract.tasks(tasks));
        double[] weights = new double[tasks];
        for (JsonNode expected : steps) {
            double[][] own = rows(expected.path(names.own()));
            double[][] first = rows(expected.path(names.first()));
            double[][] second = rows(expected.path(names.second()));
            WeighingStep step = Steps.ofGradients(own, 1);
            for (int i = 0; i < tasks; i++) {
                for (int j = 0; j < tasks; j++) {
                    step.crossGram()[i * tasks + j] = Steps.dot(first[i], second[j]);
                }
            }
            weighting.weigh(step, weights);
            Tensors.assertClose(
                    "direction",
                    Steps.combination(weights, own),
                    Tensors.values(expected.path("direction")),
                    Tensors.DOUBLE);
            if (expected.has("weights")) {
                Tensors.assertClose("weights", weights, Tensors.values(expected.path("weights")), Tensors.DOUBLE);
            }
        }
    }
}
