package org.mtl4j.golden;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.mtl4j.task.Labelled;
import org.mtl4j.task.Loss;
import org.mtl4j.task.LossKernel;

/** Evaluates a loss on a matrix of outputs and keeps its signal. */
final class LossProbe {

    private final float[] signal;
    private final double value;

    /**
     * Evaluates it.
     *
     * @param outputs [rows, width]
     * @param targets [rows, targetWidth]
     * @param labelled whether a row has a label
     */
    LossProbe(Loss loss, float[] outputs, int width, float[] targets, int targetWidth, IntPredicate labelled) {
        int[] rows = IntStream.range(0, outputs.length / width).filter(labelled).toArray();
        signal = new float[outputs.length];
        Labelled at = new Labelled()
                .outputs(outputs, signal, 0, width, width)
                .targets(targets, targetWidth, rows, rows.length);
        value = new LossKernel(loss).evaluate(at, 1);
    }

    double value() {
        return value;
    }

    /** dL/doutputs, [rows, width]. */
    float[] signal() {
        return signal;
    }

    static Loss.Reduction reduction(String word) {
        return word.equals("sum") ? Loss.Reduction.SUM : Loss.Reduction.MEAN;
    }
}
