package org.mtl4j.benchmarks;

import java.util.Locale;
import org.mtl4j.data.Input;
import org.mtl4j.layer.Encoder;
import org.mtl4j.layer.Gcn;
import org.mtl4j.layer.LeNet;
import org.mtl4j.layer.Mlp;
import org.mtl4j.layer.Rnn;
import org.mtl4j.layer.Transformer;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.Recurrent;

/**
 * A net in training: a shared encoder, one linear head of {@link #classes} outputs per task. The first three are as the peers'
 * scripts build them; the others are measured alone.
 */
public enum Workload {
    /** 64-128-128 and ReLU, two tasks. */
    MLP(64, 2, 10),
    /** 784-512-256 and ReLU, five tasks. */
    MLP_WIDE(784, 5, 10),
    /** Images of 1 x 36 x 36, two convolutions with pools, a dense layer of 50, two tasks. */
    LENET(RandomRows.SIDE * RandomRows.SIDE, 2, 10),
    /** Two blocks of four heads at width 32, on series of 8 to 16 steps of 16 features, two tasks. */
    TRANSFORMER(RandomRows.STEPS * RandomRows.FEATURES, 2, 10),
    /** An LSTM of 32 in both directions, on the same series, two tasks. */
    BI_LSTM(RandomRows.STEPS * RandomRows.FEATURES, 2, 10),
    /** Two graph convolutions of 32 and their mean, on rings of 6 to 12 nodes with chords, of 16 features, two tasks. */
    GCN(RandomRows.NODES * RandomRows.FEATURES, 2, 10);

    private static final int WIDTH = 32;

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
            case TRANSFORMER -> Transformer.of(WIDTH, 4, 2);
            case BI_LSTM -> Rnn.of(Recurrent.Cell.LSTM, Recurrent.Direction.BOTH, WIDTH);
            case GCN -> Gcn.of(WIDTH, WIDTH).readout(Readout.MEAN);
        };
    }

    /** The input that these rows are. @param x [rows, inputs]. */
    Input input(float[] x) {
        int rows = x.length / inputs;
        return switch (this) {
            case MLP, MLP_WIDE -> RandomRows.features(rows, x);
            case LENET -> RandomRows.images(rows, x);
            case TRANSFORMER, BI_LSTM -> RandomRows.series(rows, x);
            case GCN -> RandomRows.graphs(rows, x);
        };
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
