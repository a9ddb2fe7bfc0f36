package org.mtl4j.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.mtl4j.data.Input;
import org.mtl4j.data.Inputs;
import org.mtl4j.layer.Encoder;
import org.mtl4j.layer.LeNet;
import org.mtl4j.layer.Mlp;

/** A net as the peers' scripts build it: a shared ReLU encoder, one linear head of {@link #classes} outputs per task. */
public enum Workload {
    /** 64-128-128, two tasks. */
    MLP(64, 2, 10),
    /** 784-512-256, five tasks. */
    MLP_WIDE(784, 5, 10),
    /** Images of 1 x 36 x 36, two convolutions with pools, a dense layer of 50, two tasks. */
    LENET(36 * 36, 2, 10);

    private static final int SIDE = 36;

    /** Numbers of a row. */
    final int inputs;

    final int tasks;
    final int classes;

    Workload(int inputs, int tasks, int classes) {
        this.inputs = inputs;
        this.tasks = tasks;
        this.classes = classes;
    }

    Encoder encoder() {
        return switch (this) {
            case MLP -> Mlp.of(128, 128);
            case MLP_WIDE -> Mlp.of(512, 256);
            case LENET -> new LeNet(LeNet.DEFAULT_FILTERS, LeNet.DEFAULT_WIDTH);
        };
    }

    /** The input that these rows are. @param x [rows, inputs]. */
    Input input(float[] x) {
        if (this != LENET) {
            List<String> features =
                    IntStream.range(0, inputs).mapToObj(f -> "f" + f).toList();
            return Input.Dense.of(features, x);
        }
        float[][] pixels = new float[x.length / inputs][];
        for (int r = 0; r < pixels.length; r++) {
            pixels[r] = Arrays.copyOfRange(x, r * inputs, (r + 1) * inputs);
        }
        return Inputs.images(1, SIDE, SIDE, pixels);
    }

    /** The name in the tables. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The workload of this name in the tables. */
    static Workload named(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
