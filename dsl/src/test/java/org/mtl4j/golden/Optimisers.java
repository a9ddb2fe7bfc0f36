package org.mtl4j.golden;

import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.optimise.AdaBelief;
import org.mtl4j.optimise.Adadelta;
import org.mtl4j.optimise.Adagrad;
import org.mtl4j.optimise.Adam;
import org.mtl4j.optimise.Adamax;
import org.mtl4j.optimise.CosineRestarts;
import org.mtl4j.optimise.Lion;
import org.mtl4j.optimise.NAdam;
import org.mtl4j.optimise.OneCycle;
import org.mtl4j.optimise.Optimiser;
import org.mtl4j.optimise.Plateau;
import org.mtl4j.optimise.RAdam;
import org.mtl4j.optimise.RmsProp;
import org.mtl4j.optimise.Sam;
import org.mtl4j.optimise.Schedule;
import org.mtl4j.optimise.Sgd;
import org.mtl4j.optimise.Tuned;
import tools.jackson.databind.JsonNode;

/** Optimisers and schedules by PyTorch's names and settings. */
final class Optimisers {

    private Optimisers() {}

    /** The optimiser of this name; none if it is not built. */
    static Optional<Optimiser> named(String name, JsonNode params) {
        return Optional.ofNullable(
                switch (name) {
                    case "SGD", "Momentum", "Nesterov" -> usual(sgd(params), params, 0);
                    case "Adam" -> usual(adam(Adam.of(rate(params)), params), params, 0);
                    case "AdamW" -> usual(adam(Adam.decoupled(rate(params)), params), params, Adam.DEFAULT_ADAMW_DECAY);
                    case "Adagrad" -> usual(adagrad(params), params, 0);
                    case "Adadelta" -> usual(adadelta(params), params, 0);
                    case "RMSprop" -> usual(rmsprop(params), params, 0);
                    case "Adamax" -> usual(adamax(params), params, 0);
                    case "NAdam" -> usual(nadam(params), params, 0);
                    case "RAdam" -> usual(radam(params), params, 0);
                    case "AdaBelief" -> usual(adaBelief(params), params, 0);
                    case "Lion" -> usual(lion(params), params, 0);
                    case "SAM" ->
                        new Sam(
                                usual(sgd(params), params, 0),
                                params.path("rho").asDouble(Sam.DEFAULT_RHO));
                    default -> null;
                });
    }

    private static double rate(JsonNode params) {
        return params.path("lr").asDouble();
    }

    private static <O extends Tuned<O>> O usual(O optimiser, JsonNode params, double usualDecay) {
        O decayed = optimiser.weightDecay(params.path("weight_decay").asDouble(usualDecay));
        return is(params, "maximize") ? decayed.maximise() : decayed;
    }

    private static boolean is(JsonNode params, String flag) {
        return params.path(flag).asBoolean(false);
    }

    private static double[] betas(JsonNode params, double second) {
        return params.has("betas") ? Tensors.values(params.path("betas")) : new double[] {0.9, second};
    }

    private static double eps(JsonNode params, double usual) {
        return params.path("eps").asDouble(usual);
    }

    private static Sgd sgd(JsonNode params) {
        double mu = params.path("momentum").asDouble(0);
        Sgd sgd = Sgd.of(rate(params)).dampening(params.path("dampening").asDouble(0));
        return is(params, "nesterov") ? sgd.nesterov(mu) : sgd.momentum(mu);
    }

    private static Adam adam(Adam adam, JsonNode params) {
        double[] betas = betas(params, 0.999);
        Adam kind = is(params, "decoupled_weight_decay") ? Adam.decoupled(rate(params)) : adam;
        Adam result = kind.epsilon(eps(params, 1e-8)).betas(betas[0], betas[1]);
        return is(params, "amsgrad") ? result.amsgrad() : result;
    }

    private static Adagrad adagrad(JsonNode params) {
        return Adagrad.of(rate(params))
                .rateDecay(params.path("lr_decay").asDouble(0))
                .initial(params.path("initial_accumulator_value").asDouble(0))
                .epsilon(eps(params, Adagrad.DEFAULT_EPSILON));
    }

    private static Adadelta adadelta(JsonNode params) {
        return Adadelta.of(rate(params))
                .rho(params.path("rho").asDouble(Adadelta.DEFAULT_RHO))
                .epsilon(eps(params, Adadelta.DEFAULT_EPSILON));
    }

    private static RmsProp rmsprop(JsonNode params) {
        RmsProp result = RmsProp.of(rate(params))
                .alpha(params.path("alpha").asDouble(RmsProp.DEFAULT_ALPHA))
                .epsilon(eps(params, RmsProp.DEFAULT_EPSILON))
                .momentum(params.path("momentum").asDouble(0));
        return is(params, "centered") ? result.centered() : result;
    }

    private static Adamax adamax(JsonNode params) {
        double[] betas = betas(params, 0.999);
        return Adamax.of(rate(params)).epsilon(eps(params, 1e-8)).betas(betas[0], betas[1]);
    }

    private static NAdam nadam(JsonNode params) {
        double[] betas = betas(params, 0.999);
        NAdam result = NAdam.of(rate(params))
                .epsilon(eps(params, 1e-8))
                .betas(betas[0], betas[1])
                .momentumDecay(params.path("momentum_decay").asDouble(NAdam.DEFAULT_MOMENTUM_DECAY));
        return is(params, "decoupled_weight_decay") ? result.decoupled() : result;
    }

    private static RAdam radam(JsonNode params) {
        double[] betas = betas(params, 0.999);
        RAdam result = RAdam.of(rate(params)).epsilon(eps(params, 1e-8)).betas(betas[0], betas[1]);
        return is(params, "decoupled_weight_decay") ? result.decoupled() : result;
    }

    private static AdaBelief adaBelief(JsonNode params) {
        double[] betas = betas(params, 0.999);
        AdaBelief result = AdaBelief.of(rate(params))
                .epsilon(eps(params, AdaBelief.DEFAULT_EPSILON))
                .betas(betas[0], betas[1]);
        return is(params, "decoupled_weight_decay") ? result.decoupled() : result;
    }

    private static Lion lion(JsonNode params) {
        double[] betas = betas(params, Lion.DEFAULT_BETA2);
        return Lion.of(rate(params)).betas(betas[0], betas[1]);
    }

    /** The schedule of this kind; none if it is not built. */
    static Optional<Schedule> schedule(String kind, JsonNode params) {
        return Optional.ofNullable(
                switch (kind) {
                    case "constant" -> new Schedule.Constant();
                    case "step" -> new Schedule.Step(integer(params, "step_size"), real(params, "gamma"));
                    case "multistep" ->
                        new Schedule.MultiStep(
                                real(params, "gamma"),
                                IntStream.of(ints(params.path("milestones")))
                                        .boxed()
                                        .toList());
                    case "exponential" -> new Schedule.Exponential(real(params, "gamma"));
                    case "cosine" ->
                        new Schedule.Cosine(
                                integer(params, "T_max"), params.path("eta_min").asDouble(0));
                    case "cosine_restarts" ->
                        CosineRestarts.of(integer(params, "T_0"))
                                .growth(params.path("T_mult").asInt(1))
                                .floor(params.path("eta_min").asDouble(0));
                    case "polynomial" ->
                        new Schedule.Polynomial(params.path("power").asDouble(1), integer(params, "total_iters"));
                    case "inverse_sqrt" -> new Schedule.InverseSqrt(integer(params, "warmup_steps"));
                    case "warmup_cosine" ->
                        new Schedule.Warmup(
                                integer(params, "warmup_steps"),
                                real(params, "start_factor"),
                                new Schedule.Cosine(
                                        integer(params, "T_max"),
                                        params.path("eta_min").asDouble(0)));
                    case "one_cycle" -> oneCycle(params);
                    case "plateau" -> plateau(params);
                    default -> null;
                });
    }

    private static int integer(JsonNode params, String name) {
        return params.path(name).asInt();
    }

    private static double real(JsonNode params, String name) {
        return params.path(name).asDouble();
    }

    private static int[] ints(JsonNode list) {
        return list.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    private static Schedule oneCycle(JsonNode params) {
        OneCycle cycle = OneCycle.whole()
                .steps(integer(params, "total_steps"))
                .pctStart(params.path("pct_start").asDouble(OneCycle.DEFAULT_PCT_START))
                .divFactor(params.path("div_factor").asDouble(OneCycle.DEFAULT_DIV_FACTOR))
                .finalDivFactor(params.path("final_div_factor").asDouble(OneCycle.DEFAULT_FINAL_DIV_FACTOR));
        cycle = params.path("anneal_strategy").asString("cos").equals("linear") ? cycle.linear() : cycle;
        return is(params, "three_phase") ? cycle.threePhase() : cycle;
    }

    private static Schedule plateau(JsonNode params) {
        var improvement = new Plateau.Improvement(
                params.path("threshold").asDouble(1e-4),
                params.path("threshold_mode").asString("rel").equals("abs")
                        ? Plateau.Measure.ABSOLUTE
                        : Plateau.Measure.RELATIVE,
                params.path("mode").asString("min").equals("max") ? Plateau.Better.HIGHER : Plateau.Better.LOWER);
        return Plateau.usual()
                .factor(params.path("factor").asDouble(Plateau.DEFAULT_FACTOR))
                .patience(params.path("patience").asInt(Plateau.DEFAULT_PATIENCE))
                .cooldown(params.path("cooldown").asInt(0))
                .floor(params.path("min_lr").asDouble(0))
                .improvement(improvement);
    }
}
