package org.mtl4j.benchmarks;

import java.util.Locale;
import org.mtl4j.layer.Encoder;
import org.mtl4j.layer.Mlp;

/** A net as the peers' scripts build it: a shared ReLU encoder, one linear head of {@link #classes} outputs per task. */
public enum Workload {
    /** 64-128-128, two tasks. */
    MLP(64, 2, 10),
    /** 784-512-256, five tasks. */
    MLP_WIDE(784, 5, 10);

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
