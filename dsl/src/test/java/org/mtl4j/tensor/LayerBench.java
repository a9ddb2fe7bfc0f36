package org.mtl4j.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes layers of sequences through a real tape with given numbers: inputs behind an identity each, so that the signal at them
 * can be seen, and an identity head at each output, so that one can be given.
 */
public final class LayerBench {

    private static final Initialiser ZEROS = new Initialiser.Zeros();

    private final int outputs;
    private final Tape tape;
    private final Map<String, Node> inputs = new LinkedHashMap<>();
    private final List<Node> recorded = new ArrayList<>();
    private int rows;

    /** @param outputs how many nodes are {@link #output} */
    public LayerBench(int outputs) {
        this.outputs = outputs;
        this.tape = new Tape(outputs);
    }

    /** The tape to record on. */
    public Tape tape() {
        return tape;
    }

    /** An input of features, [rows, width]. */
    public Node vector(String name, float[] values, int width) {
        rows = values.length / width;
        return input(name, new Shape.Vector(width), values);
    }

    /** An input of [rows, length, width]. @param lengths the rows' own; null for full ones */
    public Node series(String name, float[] values, int length, int width, int @Nullable [] lengths) {
        return input(name, new Shape.Series(length, width), withLengths(values, length, width, lengths));
    }

    /** An input of indices, [rows, length]. */
    public Node tokens(String name, float[] values, int length, int vocabulary) {
        Node node = tape.input(name, new Shape.Tokens(length, vocabulary));
        tape.bind(name, withLengths(values, length, 1, null));
        return node;
    }

    private float[] withLengths(float[] values, int length, int width, int @Nullable [] lengths) {
        int size = length * width;
        rows = values.length / size;
        float[] rowwise = new float[rows * (1 + size)];
        for (int r = 0; r < rows; r++) {
            rowwise[r * (1 + size)] = lengths == null ? length : lengths[r];
            System.arraycopy(values, r * size, rowwise, r * (1 + size) + 1, size);
        }
        return rowwise;
    }

    private Node input(String name, Shape shape, float[] values) {
        Node raw = tape.input(name, shape);
        tape.bind(name, values);
        int width = raw.features();
        Node node = tape.dense("below." + name, raw, width, new Activation.Identity(), ZEROS, Draws.generator(1));
        set("below." + name + ".weight", identity(width));
        inputs.put(name, node);
        return node;
    }

    private static float[] identity(int n) {
        float[] matrix = new float[n * n];
        for (int i = 0; i < n; i++) {
            matrix[i * n + i] = 1f;
        }
        return matrix;
    }

    /** Makes a node the next output. */
    public void output(Node node) {
        TaskHead head = new TaskHead(recorded.size(), "head." + recorded.size(), node.features());
        if (node.shape() instanceof Shape.Vector) {
            tape.heads(head.name() + "s", node, List.of(head), ZEROS, Draws.generator(1));
        } else {
            tape.placeHead(node, head, ZEROS, Draws.generator(1));
        }
        set(head.name() + ".weight", identity(node.features()));
        recorded.add(node);
    }

    /** Sets a parameter, in the tape's own layout. */
    public void set(String name, float[] values) {
        tape.parameters().set(tape.parameters().get(name), values);
    }

    /** Computes all outputs. */
    public void forward() {
        tape.reserve(rows);
        tape.forward(rows, Node.Pass.TRAIN);
    }

    /** A node's value, [rows, ..]. */
    public float[] value(Node node) {
        return Arrays.copyOf(node.value, rows * node.width);
    }

    /** Takes signals at the outputs down, after {@link #forward}. */
    public void backward(List<float[]> signals) {
        double[] ones = new double[outputs];
        Arrays.fill(ones, 1);
        for (int t = 0; t < outputs; t++) {
            System.arraycopy(signals.get(t), 0, tape.output(t).signal(), 0, signals.get(t).length);
        }
        tape.backward(ones);
    }

    /** The signal at an input, after {@link #backward}. */
    public float[] signal(String input) {
        Node node = java.util.Objects.requireNonNull(inputs.get(input));
        return Arrays.copyOf(node.signal, rows * node.width);
    }

    /** The gradient of a parameter, after {@link #backward}. */
    public float[] gradient(String name) {
        return tape.parameters().copyOfGradient(tape.parameters().get(name));
    }
}
