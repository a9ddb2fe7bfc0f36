package org.mtl4j.golden;

import java.util.Optional;
import org.mtl4j.optimise.Adam;
import org.mtl4j.optimise.Optimiser;
import org.mtl4j.optimise.Schedule;
import org.mtl4j.optimise.Sgd;
import tools.jackson.databind.JsonNode;

/** Optimisers and schedules by PyTorch's names and settings. */
final class Optimisers {

    private Optimisers() {}

    /** The optimiser of this name; none if it is not built. */
    static Optional<Optimiser> named(String name, JsonNode params) {
        return Optional.ofNullable(
                switch (name) {
                    case "SGD", "Momentum", "Nesterov" -> sgd(params);
                    case "Adam" -> adam(Adam.of(rate(params)), params, 0);
                    case "AdamW" -> adam(Adam.decoupled(rate(params)), params, Adam.DEFAULT_ADAMW_DECAY);
                    default -> null;
                });
    }

    private static double rate(JsonNode params) {
        return params.path("lr").asDouble();
    }

    private static Sgd sgd(JsonNode params) {
        double mu = params.path("momentum").asDouble(0);
        Sgd sgd = Sgd.of(rate(params)).dampening(params.path("dampening").asDouble(0));
        sgd = params.path("nesterov").asBoolean(false) ? sgd.nesterov(mu) : sgd.momentum(mu);
        sgd = params.path("maximize").asBoolean(false) ? sgd.maximise() : sgd;
        return sgd.weightDecay(params.path("weight_decay").asDouble(0));
    }

    private static Adam adam(Adam adam, JsonNode params, double usualDecay) {
        Adam result = adam.epsilon(params.path("eps").asDouble(1e-8))
                .weightDecay(params.path("weight_decay").asDouble(usualDecay));
        if (params.has("betas")) {
            double[] betas = Tensors.values(params.path("betas"));
            result = result.betas(betas[0], betas[1]);
        }
        result = params.path("amsgrad").asBoolean(false) ? result.amsgrad() : result;
        return params.path("maximize").asBoolean(false) ? result.maximise() : result;
    }

    /** The schedule of this kind; none if it is not built. */
    static Optional<Schedule> schedule(String kind, JsonNode params) {
        return Optional.ofNullable(
                switch (kind) {
                    case "constant" -> new Schedule.Constant();
                    case "step" ->
                        new Schedule.Step(
                                params.path("step_size").asInt(),
                                params.path("gamma").asDouble());
                    case "cosine" ->
                        new Schedule.Cosine(
                                params.path("T_max").asInt(),
                                params.path("eta_min").asDouble(0));
                    default -> null;
                });
    }
}
