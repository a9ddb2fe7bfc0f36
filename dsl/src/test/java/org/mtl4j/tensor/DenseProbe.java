package org.mtl4j.tensor;

import java.util.List;

/** Takes one dense layer through a real tape, with an identity below it so that the signal at its input can be seen. */
public final class DenseProbe {

    private static final Initialiser ZEROS = new Initialiser.Zeros();

    private final Tape tape = new Tape(1);
    private final Node below;
    private final Node layer;

    /** A layer of these widths with zero weights. */
    public DenseProbe(int in, int out, Activation activation) {
        below = tape.dense("below", tape.input("x", in), in, new Activation.Identity(), ZEROS, Draws.generator(1));
        layer = tape.dense("layer", below, out, activation, ZEROS, Draws.generator(1));
        tape.heads("head", layer, List.of(new TaskHead(0, "head", out)), ZEROS, Draws.generator(1));
        set("below.weight", identity(in));
        set("head.weight", identity(out));
    }

    private static float[] identity(int n) {
        float[] matrix = new float[n * n];
        for (int i = 0; i < n; i++) {
            matrix[i * n + i] = 1f;
        }
        return matrix;
    }

    /** The layer with the identity as weights: its activation alone. */
    public static DenseProbe of(Activation activation, int width) {
        DenseProbe probe = new DenseProbe(width, width, activation);
        probe.set("layer.weight", identity(width));
        return probe;
    }

    /** Sets {@code layer.weight} [in, out] or {@code layer.bias}. */
    public void set(String name, float[] values) {
        tape.parameters().set(tape.parameters().get(name), values);
    }

    /** The layer's outputs. @param x [rows, in]. */
    public float[] forward(float[] x, int rows) {
        tape.reserve(rows);
        tape.bind("x", x);
        tape.forward(rows, Node.Pass.TRAIN);
        return java.util.Arrays.copyOf(layer.value, rows * layer.width);
    }

    /** The signal at the layer's input, after {@link #forward}. @param signal [rows, out] at its outputs. */
    public float[] backward(float[] signal) {
        System.arraycopy(signal, 0, tape.output(0).signal(), 0, signal.length);
        tape.backward(new double[] {1});
        return below.signal.clone();
    }

    /** The gradient of {@code layer.weight} [in, out] or {@code layer.bias}, after {@link #backward}. */
    public float[] gradient(String name) {
        return tape.parameters().copyOfGradient(tape.parameters().get(name));
    }
}
