package org.mtl4j.golden;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.mtl4j.task.Labelled;
import org.mtl4j.task.Loss;
import org.mtl4j.task.LossKernel;

/** Evaluates a loss on a matrix of outputs and keeps its signal and the gradient of its own parameters. */
final class LossProbe {

    private final float[] signal;
    private final float[] ownGradient;
    private final double value;

    /**
     * Evaluates it.
     *
     * @param outputs [rows, width]
     * @param targets [rows, targetWidth]
     * @param labelled whether a row has a label
     */
    LossProbe(Loss loss, float[] outputs, int width, float[] targets, int targetWidth, IntPredicate labelled) {
        this(loss, outputs, width, targets, targetWidth, labelled, 1, new float[0]);
    }

    private LossProbe(
            Loss loss,
            float[] outputs,
            int width,
            float[] targets,
            int targetWidth,
            IntPredicate labelled,
            int places,
            float[] own) {
        int[] rows = IntStream.range(0, outputs.length / width).filter(labelled).toArray();
        signal = new float[outputs.length];
        ownGradient = new float[own.length];
        Labelled at = new Labelled()
                .outputs(outputs, signal, 0, width, width)
                .targets(targets, targetWidth, rows, rows.length)
                .places(places)
                .own(own, ownGradient, 0, own.length);
        value = new LossKernel(loss).evaluate(at, 1);
    }

    /** Evaluates it at the places of rows. @param labelled whether row * places + place has a label */
    static LossProbe at(
            int places, Loss loss, float[] outputs, int width, float[] targets, IntPredicate labelled, float[] own) {
        return new LossProbe(
                loss, outputs, width, targets, targets.length * width / outputs.length, labelled, places, own);
    }

    double value() {
        return value;
    }

    /** dL/doutputs, [rows, width]. */
    float[] signal() {
        return signal;
    }

    /** dL/down. */
    float[] ownGradient() {
        return ownGradient;
    }

    static Loss.Reduction reduction(String word) {
        return word.equals("sum") ? Loss.Reduction.SUM : Loss.Reduction.MEAN;
    }
}
