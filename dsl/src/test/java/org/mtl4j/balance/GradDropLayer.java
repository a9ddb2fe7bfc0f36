package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mtl4j.golden.Tensors;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.Layout;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Parameters;
import org.mtl4j.tensor.Tape;
import org.mtl4j.tensor.TaskHead;
import tools.jackson.databind.JsonNode;

/**
 * LibMTL's GradDrop, which acts on the gradients by the representation, against ours on a tape. Its rows are the identity, so
 * that the weights of the one shared layer are its representation, and the gradient by them that by the representation; its heads
 * are identities too, so that the signals at the outputs are the tasks' gradients.
 */
final class GradDropLayer {

    private static final Initialiser DRAWN = new Initialiser.UniformFanIn();

    private GradDropLayer() {}

    /** @param each gradients [tasks][batch][numbers], representation and direction [batch][numbers] */
    static void check(JsonNode each, RandomGenerator uniforms) {
        JsonNode gradients = each.path("gradients");
        int tasks = Math.max(gradients.size(), 2); // with one task nothing is shared: the other has no labels
        int rows = gradients.path(0).size();
        int numbers = gradients.path(0).path(0).size();
        Tape tape = tape(each, tasks, rows, numbers);
        Layout layout = forward(tape, gradients, rows);
        for (int t = 0; t < tasks; t++) {
            int[] all = new int[rows];
            for (int r = 0; r < rows; r++) {
                all[r] = r;
            }
            layout.block(t, all, t < gradients.size() ? rows : 0);
        }
        tape.representationGram(new double[tasks * tasks]);
        float[] agreements = new float[tasks * tape.representationWidth()];
        float[] kept = new float[agreements.length];
        tape.representationAgreements(agreements);
        Balancer balancer = new GradDrop(each.path("params").path("leak").asDouble()).atRepresentation();
        WeighingStep step = new WeighingStep(BalancerContract.tasks(tasks), uniforms);
        ((Masking) balancer.start(step.names())).mask(step, agreements, kept);
        double[] ones = new double[tasks];
        Arrays.fill(ones, 1);
        tape.maskAtRepresentation(kept, ones);
        Parameters parameters = tape.parameters();
        float[] direction = parameters.copyOfGradient(parameters.get("z.weight")); // [rows, numbers], as [in, out]
        Tensors.assertGradient("direction", direction, Tensors.values(each.path("direction")));
    }

    private static Tape tape(JsonNode each, int tasks, int rows, int numbers) {
        RandomGenerator random = Draws.generator(1);
        Tape tape = new Tape(tasks);
        Node z = tape.dense("z", tape.input("x", rows), numbers, new Activation.Identity(), DRAWN, random);
        Parameters parameters = tape.parameters();
        float[] identity = new float[numbers * numbers];
        for (int k = 0; k < numbers; k++) {
            identity[k * numbers + k] = 1;
        }
        for (int t = 0; t < tasks; t++) {
            tape.heads("heads." + t, z, List.of(new TaskHead(t, "head." + t, numbers)), DRAWN, random);
            parameters.set(parameters.get("head." + t + ".weight"), identity);
        }
        parameters.set(parameters.get("z.weight"), Tensors.floats(each.path("representation")));
        parameters.set(parameters.get("z.bias"), new float[numbers]);
        tape.reserveStacked(rows);
        return tape;
    }

    private static Layout forward(Tape tape, JsonNode gradients, int rows) {
        float[] identity = new float[rows * rows];
        for (int r = 0; r < rows; r++) {
            identity[r * rows + r] = 1;
        }
        tape.bind("x", identity);
        tape.forward(rows, Node.Pass.TRAIN);
        tape.clearOutputSignals();
        for (int t = 0; t < gradients.size(); t++) {
            float[] signal = Tensors.floats(gradients.path(t));
            System.arraycopy(signal, 0, tape.output(t).signal(), 0, signal.length);
        }
        return tape.stack();
    }
}
