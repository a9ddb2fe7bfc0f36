package org.mtl4j.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mtl4j.data.Input;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Tape;
import org.mtl4j.tensor.TaskHead;
import org.mtl4j.tensor.TaskOutput;

/**
 * Mutable: a layer on an input under a linear head of one output, at each place where the layer has places. A pass is forward and
 * backward with a signal of ones, so that each layer above the input gets a signal and its gradient.
 */
final class SmallTape {

    private static final long SEED = 1;
    private static final Initialiser UNIFORM = new Initialiser.UniformFanIn();

    private final Tape tape = new Tape(1);
    private final TaskOutput output;
    private final int rows;
    private final double[] weights = {1};

    /** Records the layers to measure. */
    @FunctionalInterface
    interface Recording {
        Node record(Tape tape, Node input, RandomGenerator random);
    }

    SmallTape(Input input, Recording recording) {
        rows = input.rows();
        RandomGenerator random = Draws.generator(SEED);
        Node top = recording.record(tape, tape.input("x", input.shape()), random);
        TaskHead head = new TaskHead(0, "head", 1);
        if (top.shape().positions() > 1) {
            tape.placeHead(top, head, UNIFORM, random);
        } else {
            tape.heads("heads", top, List.of(head), UNIFORM, random);
        }
        tape.reserve(rows);
        int width = input.shape().inputSize();
        float[] x = new float[rows * width];
        for (int r = 0; r < rows; r++) {
            input.copyRow(r, x, r * width);
        }
        tape.bind("x", x);
        output = tape.output(0);
    }

    /** Forward, backward. @return the gradient. */
    float[] pass() {
        tape.forward(rows, Node.Pass.TRAIN);
        Arrays.fill(output.signal(), 1f);
        tape.backward(weights);
        return tape.parameters().gradient();
    }
}
