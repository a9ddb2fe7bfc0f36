package org.mtl4j.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A random net with random signals at its outputs: two shared layers, every second task with a layer of its own below its
 * head, labels on some rows only.
 */
final class SampledTape {

    static final int WIDTH = 5;

    /** Which rows carry labels. */
    enum Labels {
        ALL,
        SOME,
        NONE_OF_THE_FIRST_TASK,
        NONE
    }

    final int tasks;
    final int rows;
    final Tape tape;
    final int[][] labelled;
    private final float[][] signals;
    private final float[] x;
    private final long dropoutSeed;

    SampledTape(int tasks, int rows, Labels labels, double dropout, double scale, long seed) {
        this.tasks = tasks;
        this.rows = rows;
        this.dropoutSeed = seed;
        RandomGenerator random = Draws.generator(seed);
        tape = new Tape(tasks);
        Node top = tape.input("x", WIDTH);
        top = tape.dense("shared.0", top, 7, new Activation.Tanh(), new Initialiser.UniformFanIn(), random);
        top = dropout > 0 ? tape.dropout("dropout", top, dropout) : top;
        top = tape.dense("shared.1", top, 6, new Activation.Gelu(), new Initialiser.UniformFanIn(), random);
        heads(top, random);
        x = normal(rows * WIDTH, 1, random);
        labelled = new int[tasks][];
        signals = new float[tasks][];
        for (int t = 0; t < tasks; t++) {
            labelled[t] = labelledRows(labels, t, random);
            signals[t] = normal(rows * (1 + t % 3), scale, random);
        }
    }

    private void heads(Node top, RandomGenerator random) {
        List<TaskHead> together = new ArrayList<>();
        for (int t = 0; t < tasks; t++) {
            TaskHead head = new TaskHead(t, "head." + t, 1 + t % 3);
            if (t % 2 == 0) {
                together.add(head);
            } else {
                Node own =
                        tape.dense("own." + t, top, 4, new Activation.Silu(), new Initialiser.UniformFanIn(), random);
                tape.heads("heads." + t, own, List.of(head), new Initialiser.UniformFanIn(), random);
            }
        }
        tape.heads("heads", top, together, new Initialiser.UniformFanIn(), random);
    }

    private int[] labelledRows(Labels labels, int task, RandomGenerator random) {
        return IntStream.range(0, rows)
                .filter(row -> switch (labels) {
                    case ALL -> true;
                    case SOME -> Draws.uniform(random) < 0.6;
                    case NONE_OF_THE_FIRST_TASK -> task > 0 && Draws.uniform(random) < 0.6;
                    case NONE -> false;
                })
                .toArray();
    }

    static float[] normal(int n, double sd, RandomGenerator random) {
        float[] values = new float[n];
        Draws.normal(values, 0, n, sd, random);
        return values;
    }

    /** A forward pass with the sample's dropout masks, and all tasks' signals at the outputs. */
    void forward() {
        tape.bind("x", x);
        tape.seedDropout(dropoutSeed);
        tape.forward(rows, Node.Pass.TRAIN);
        tape.clearOutputSignals();
        for (int t = 0; t < tasks; t++) {
            TaskOutput output = tape.output(t);
            for (int row : labelled[t]) {
                System.arraycopy(
                        signals[t],
                        row * output.width(),
                        output.signal(),
                        row * output.stride() + output.column(),
                        output.width());
            }
        }
    }

    /** The gradient of one task alone, by a pass of its own. */
    float[] taskGradient(int task) {
        double[] one = new double[tasks];
        one[task] = 1;
        return gradient(one);
    }

    /** The gradient of the weighted sum, by one pass of the combined signal. */
    float[] gradient(double[] weights) {
        forward();
        tape.backward(weights);
        return tape.parameters().gradient().clone();
    }

    /** The stacked pass: fills the Gram and the Gram of each shared layer. */
    void grams(double[] total, double[][] perLayer) {
        forward();
        Layout layout = tape.stack();
        for (int t = 0; t < tasks; t++) {
            layout.block(t, labelled[t], labelled[t].length);
        }
        tape.grams(total, perLayer, new double[tasks * tasks]);
    }

    /** The indices of all numbers of a layer. */
    int[] indices(String layer) {
        return tape.parameters().list().stream()
                .filter(p -> p.name().equals(layer + ".weight") || p.name().equals(layer + ".bias"))
                .flatMapToInt(p -> IntStream.range(0, p.rows())
                        .flatMap(r -> IntStream.range(0, p.columns()).map(c -> p.offset() + r * p.stride() + c)))
                .toArray();
    }

    /** The indices of all numbers that more than one task reaches. */
    int[] sharedIndices() {
        return tape.sharedLayers().stream()
                .flatMapToInt(layer -> Arrays.stream(indices(layer)))
                .toArray();
    }

    static double dot(float[] a, float[] b, int[] indices) {
        return Arrays.stream(indices).mapToDouble(i -> (double) a[i] * b[i]).sum();
    }
}
