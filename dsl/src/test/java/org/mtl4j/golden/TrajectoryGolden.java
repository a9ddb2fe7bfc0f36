package org.mtl4j.golden;

import java.util.List;
import java.util.Set;
import org.mtl4j.data.Batch;
import org.mtl4j.optimise.Optimiser;
import org.mtl4j.optimise.Sgd;
import org.mtl4j.sharing.Graph;
import org.mtl4j.tensor.Blas;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Parameters;
import org.mtl4j.train.Stepper;
import tools.jackson.databind.JsonNode;

/**
 * A training that PyTorch took, step by step, against {@link Stepper}: hard-shared and soft-shared nets of dense
 * layers.
 *
 * <p>A second stepper without clipping stands at the same parameters in every step: its gradient is the one before the
 * clip, whose norms the files hold.
 */
final class TrajectoryGolden implements Runner {

    private static final Set<String> EXTRAS = Set.of("clip_norm", "clip_value", "schedule");

    @Override
    public boolean knows(GoldenFile file) {
        JsonNode json = file.json();
        JsonNode schedule = json.path("extras").path("schedule");
        return file.schema().equals("mtl-golden/trajectories/1")
                && TrajectoryNet.knows(json)
                && TrajectoryBalancers.knows(json)
                && Optimisers.named(json.path("optimizer").path("name").asString(""), json.path("optimizer"))
                        .isPresent()
                && EXTRAS.containsAll(json.path("extras").propertyNames())
                && (schedule.isMissingNode()
                        || Optimisers.schedule(schedule.path("kind").asString(""), schedule)
                                .isPresent());
    }

    @Override
    public void check(JsonNode file) {
        TrajectoryNet net = new TrajectoryNet(file);
        List<Batch> batches = net.batches();
        int capacity = batches.stream().mapToInt(Batch::capacity).max().orElseThrow();
        List<JsonNode> steps = file.path("steps").valueStream().toList();
        Stepper stepper =
                new Stepper(net.graph(), TrajectoryBalancers.of(file), optimiser(file), steps.size(), capacity, 1);
        Stepper unclipped =
                new Stepper(net.graph(), TrajectoryBalancers.of(file), Sgd.of(1e-3), steps.size(), capacity, 1);
        for (int s = 0; s < steps.size(); s++) {
            float[] before = values(stepper).clone();
            System.arraycopy(before, 0, values(unclipped), 0, before.length);
            Batch batch = batches.get(s % batches.size());
            double rate = stepper.rate();
            stepper.step(batch);
            unclipped.step(batch);
            String step = "step " + s + ": ";
            JsonNode expected = steps.get(s);
            Tensors.assertClose(
                    step + "losses", stepper.losses(), Tensors.values(expected.path("losses")), Tensors.OUTPUT);
            if (expected.path("weights").isArray()) {
                double[] weights = TrajectoryBalancers.asWritten(file, stepper.weights());
                Tensors.assertClose(
                        step + "weights", weights, Tensors.values(expected.path("weights")), Tensors.OUTPUT);
            }
            if (expected.has("coupling")) {
                double coupling = expected.path("coupling").asDouble();
                Tensors.assertClose(step + "coupling", stepper.coupling(), coupling, Tensors.OUTPUT);
            }
            if (expected.has("s")) {
                float[] own = own(stepper.graph(), before);
                Tensors.assertClose(step + "s", own, Tensors.values(expected.path("s")), Tensors.OUTPUT);
            }
            if (expected.has("lr")) {
                Tensors.assertClose(step + "lr", rate, expected.path("lr").asDouble(), Tensors.DOUBLE);
            }
            assertNorms(step, unclipped.graph(), net, expected);
        }
        net.assertFinalParameters(stepper.graph());
        if (file.has("final_s")) {
            float[] own = own(stepper.graph(), values(stepper));
            Tensors.assertClose("final_s", own, Tensors.values(file.path("final_s")), Tensors.GRADIENT);
        }
    }

    private static float[] values(Stepper stepper) {
        return stepper.graph().tape().parameters().values();
    }

    private static Optimiser optimiser(JsonNode file) {
        JsonNode named = file.path("optimizer");
        JsonNode extras = file.path("extras");
        Optimiser optimiser =
                Optimisers.named(named.path("name").asString(), named).orElseThrow();
        if (extras.has("clip_norm")) {
            optimiser = optimiser.clipNorm(extras.path("clip_norm").asDouble());
        }
        if (extras.has("clip_value")) {
            optimiser = optimiser.clipValue(extras.path("clip_value").asDouble());
        }
        if (extras.has("schedule")) {
            JsonNode schedule = extras.path("schedule");
            optimiser =
                    optimiser.schedule(Optimisers.schedule(schedule.path("kind").asString(), schedule)
                            .orElseThrow());
        }
        return optimiser;
    }

    private static float[] own(Graph graph, float[] values) {
        Parameter own = graph.tape().parameters().get("balancer");
        float[] copy = new float[own.size()];
        System.arraycopy(values, own.offset(), copy, 0, copy.length);
        return copy;
    }

    private static void assertNorms(String step, Graph graph, TrajectoryNet net, JsonNode expected) {
        Parameters parameters = graph.tape().parameters();
        if (expected.path("shared_gradient_norm").isNumber()) {
            double square = net.shared().stream()
                    .map(name -> parameters.copyOfGradient(parameters.get(name)))
                    .mapToDouble(TrajectoryGolden::square)
                    .sum();
            double norm = expected.path("shared_gradient_norm").asDouble();
            Tensors.assertClose(step + "shared gradient norm", Math.sqrt(square), norm, Tensors.GRADIENT);
        }
        if (expected.path("grad_norm_before_clip").isNumber()) {
            double norm = expected.path("grad_norm_before_clip").asDouble();
            double ours = Math.sqrt(square(parameters.gradient()));
            Tensors.assertClose(step + "gradient norm before the clip", ours, norm, Tensors.GRADIENT);
        }
    }

    private static double square(float[] gradient) {
        return Blas.dot(gradient.length, gradient, 0, gradient, 0);
    }
}
