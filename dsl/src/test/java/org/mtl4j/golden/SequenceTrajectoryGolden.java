package org.mtl4j.golden;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.WeighingStep;
import org.mtl4j.balance.Weighting;
import org.mtl4j.optimise.Optimiser;
import org.mtl4j.optimise.Update;
import org.mtl4j.task.LossKernel;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Layout;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Tape;
import tools.jackson.databind.JsonNode;

/** A training over texts that PyTorch took, step by step, against a tape with the same layers. */
final class SequenceTrajectoryGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        JsonNode json = file.json();
        return file.schema().equals("mtl-golden/trajectories/1")
                && SequenceNet.knows(json)
                && TrajectoryBalancers.knows(json)
                && json.path("extras").isEmpty()
                && !json.path("batches").path(0).has("masks")
                && Optimisers.named(json.path("optimizer").path("name").asString(""), json.path("optimizer"))
                        .isPresent();
    }

    @Override
    public void check(JsonNode file) {
        SequenceNet net = new SequenceNet(file);
        Training training = new Training(net, file);
        List<JsonNode> steps = file.path("steps").valueStream().toList();
        JsonNode batches = file.path("batches");
        for (int s = 0; s < steps.size(); s++) {
            String step = "step " + s + ": ";
            JsonNode expected = steps.get(s);
            if (expected.has("s")) {
                Tensors.assertClose(step + "s", training.own(), Tensors.values(expected.path("s")), Tensors.OUTPUT);
            }
            training.step(batches.path(s % batches.size()));
            double[] losses = Tensors.values(expected.path("losses"));
            Tensors.assertClose(step + "losses", training.view.losses(), losses, Tensors.OUTPUT);
            if (expected.path("weights").isArray()) {
                double[] weights = Tensors.values(expected.path("weights"));
                double[] ours = TrajectoryBalancers.asWritten(file, training.weights);
                Tensors.assertClose(step + "weights", ours, weights, Tensors.OUTPUT);
            }
            if (expected.path("shared_gradient_norm").isNumber()) {
                double norm = expected.path("shared_gradient_norm").asDouble();
                Tensors.assertClose(step + "norm", training.sharedNorm(), norm, Tensors.GRADIENT);
            }
        }
        net.assertFinalParameters();
        if (file.has("final_s")) {
            Tensors.assertClose("final_s", training.own(), Tensors.values(file.path("final_s")), Tensors.GRADIENT);
        }
    }

    /** What a step needs. */
    private static final class Training {
        private final SequenceNet net;
        private final Tape tape;
        private final Balancer balancer;
        private final Weighting weighting;
        private final WeighingStep view;
        private final Update update;
        private final double rate;
        private final double[] weights;
        private final LossKernel[] losses;
        private final boolean stacked;
        private final float[] initialOwn;
        private long number;

        Training(SequenceNet net, JsonNode file) {
            this.net = net;
            tape = net.record();
            balancer = TrajectoryBalancers.of(file);
            weighting = balancer.start(net.tasks());
            stacked = balancer.needs() == Balancer.Needs.GRAM;
            view = new WeighingStep(net.tasks(), Draws.generator(1));
            weights = new double[net.tasks().size()];
            losses = net.tasks().stream()
                    .map(name -> new LossKernel(Task.named(name).classes().loss()))
                    .toArray(LossKernel[]::new);
            initialOwn = weighting.ownParameters();
            if (initialOwn.length > 0) {
                Parameter own = tape.parameters().addVector("balancer", initialOwn);
                view.bindOwn(tape.parameters().values(), tape.parameters().gradient(), own.offset());
            }
            JsonNode named = file.path("optimizer");
            Optimiser optimiser =
                    Optimisers.named(named.path("name").asString(), named).orElseThrow();
            update = optimiser.start(tape.parameters().values().length);
            rate = optimiser.settings().rate();
            int rows = file.path("batches")
                    .valueStream()
                    .mapToInt(batch -> batch.path("inputs")
                            .path("tokens")
                            .path("shape")
                            .path(0)
                            .asInt())
                    .max()
                    .orElseThrow();
            tape.reserveStacked(rows);
        }

        float[] own() {
            int from = tape.parameters().get("balancer").offset();
            return Arrays.copyOfRange(tape.parameters().values(), from, from + initialOwn.length);
        }

        void step(JsonNode batch) {
            int rows = net.bind(batch);
            tape.forward(rows, Node.Pass.TRAIN);
            tape.clearOutputSignals();
            view.begin(number++);
            for (int t = 0; t < losses.length; t++) {
                view.losses()[t] = losses[t].evaluate(net.labelled(t, batch), 1);
                view.labelled()[t] = rows;
            }
            if (stacked) {
                stacked(rows);
            } else {
                weighting.weigh(view, weights);
                tape.backward(weights);
            }
            update.step(tape.parameters().values(), tape.parameters().gradient(), rate);
        }

        private void stacked(int rows) {
            Layout layout = tape.stack();
            for (int t = 0; t < losses.length; t++) {
                layout.block(t, IntStream.range(0, rows).toArray(), rows);
            }
            tape.grams(view.gram(), null, new double[weights.length * weights.length]);
            weighting.weigh(view, weights);
            double[] ones = new double[weights.length];
            Arrays.fill(ones, 1);
            tape.combine(weights, balancer.heads() == Balancer.Heads.WEIGHTED ? weights : ones);
        }

        double sharedNorm() {
            double square = 0;
            for (Parameter each : tape.parameters().list()) {
                if (!each.name().startsWith("head") && !each.name().equals("balancer")) {
                    for (float g : tape.parameters().copyOfGradient(each)) {
                        square += (double) g * g;
                    }
                }
            }
            return Math.sqrt(square);
        }
    }
}
