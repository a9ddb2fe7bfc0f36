package org.mtl4j.nd4j;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mtl4j.task.OwnLoss;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One training's copy of a {@link SameDiffLoss}, checked on a few rows and differentiated. Mutable, as a graph is. */
final class LossGraph implements OwnLoss.Computation {

    private static final String PREDICTIONS = "predictions";
    private static final String TARGETS = "targets";
    private static final int PROBE = 3;

    private final String title;
    private final int outputs;
    private final SameDiff graph = SameDiff.create();
    private final String loss;
    private final String gradient;

    /** @throws IllegalArgumentException if it is neither a number nor a number a row, or has no gradient */
    LossGraph(String title, int outputs, SameDiffLoss expression) {
        NativeSide.ready();
        this.title = title;
        this.outputs = outputs;
        SDVariable predictions = graph.placeHolder(PREDICTIONS, DataType.FLOAT, -1, outputs);
        SDVariable targets = graph.placeHolder(TARGETS, DataType.FLOAT, -1, outputs);
        SDVariable answer = expression.of(graph, predictions, targets);
        requireComputed(answer);
        SDVariable mean = answer.mean();
        loss = mean.name();
        gradient = gradient(mean, predictions.name());
    }

    @SuppressWarnings("ReferenceEquality") // the same graph, not one that looks like it
    private void requireComputed(SDVariable answer) {
        if (answer.getSameDiff() != graph) {
            throw broken("its answer is a variable of another graph", "Compute it with the graph that it is given.");
        }
        for (String leaf : Reverse.leaves(graph, answer.name())) {
            if (graph.getVariable(leaf).getVariableType() == VariableType.VARIABLE) {
                throw broken(
                        "variable '%s' would not be trained, since a loss has no parameters".formatted(leaf),
                        "Make it a constant, sd.constant(..), or a part of an encoder.");
            }
        }
        INDArray found;
        try {
            found = graph.outputSingle(probe(), answer.name());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    message(
                            "it cannot be computed from predictions and targets of shape [%d, %d]: %s"
                                    .formatted(PROBE, outputs, e.getMessage()),
                            outputs == 1
                                    ? "Predictions and targets are [rows, 1] here, and ND4J 1.0.0-M2.1 cannot take .mean(1) or .sum(1) over one number: leave it out."
                                    : "Predictions and targets have the same shape, [rows, outputs]."),
                    e);
        }
        boolean number = found.length() == 1;
        boolean perRow = found.rank() > 0 && found.size(0) == PROBE;
        if (!(number || perRow) || !found.dataType().isFPType()) {
            throw broken(
                    "its answer is %s %s for %d rows of %d outputs, but a loss is one number or one number a row"
                            .formatted(found.dataType(), Arrays.toString(found.shape()), PROBE, outputs),
                    "Take the mean over the rows: answer.mean().");
        }
    }

    private Map<String, INDArray> probe() {
        float[] predictions = new float[PROBE * outputs];
        float[] targets = new float[PROBE * outputs];
        for (int r = 0; r < PROBE; r++) {
            targets[r * outputs + r % outputs] = 1;
            predictions[r * outputs] = 0.25f * r;
        }
        return feed(predictions, targets, PROBE);
    }

    private Map<String, INDArray> feed(float[] predictions, float[] targets, int rows) {
        Map<String, INDArray> feed = new HashMap<>();
        feed.put(PREDICTIONS, Floats.array(predictions, 0, rows, outputs));
        feed.put(TARGETS, Floats.array(targets, 0, rows, outputs));
        return feed;
    }

    private String gradient(SDVariable mean, String predictions) {
        Map<String, SDVariable> found;
        try {
            found = Reverse.gradients(graph, mean.name(), graph.onesLike(mean));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    message("it has no gradient: %s".formatted(e.getMessage()), "Leave that operation out."), e);
        }
        SDVariable signal = found.get(predictions);
        if (signal == null) {
            throw broken(
                    "it has no gradient with respect to the predictions",
                    "Compute it from the predictions with operations on real numbers.");
        }
        return signal.name();
    }

    /** A row alone is handed over twice: ND4J 1.0.0-M2.1 cannot take a mean over the rows of one. */
    private double evaluateOne(float[] predictions, float[] targets, float[] signal) {
        float[] twice = new float[2 * outputs];
        double value = evaluate(twice(predictions), twice(targets), 2, twice);
        for (int c = 0; c < outputs; c++) {
            signal[c] = twice[c] + twice[outputs + c];
        }
        return value;
    }

    private float[] twice(float[] row) {
        float[] rows = Arrays.copyOf(row, 2 * outputs);
        System.arraycopy(row, 0, rows, outputs, outputs);
        return rows;
    }

    @Override
    public double evaluate(float[] predictions, float[] targets, int rows, float[] signal) {
        if (rows == 1) {
            return evaluateOne(predictions, targets, signal);
        }
        Map<String, INDArray> found = graph.output(feed(predictions, targets, rows), List.of(loss, gradient));
        Floats.copy(Objects.requireNonNull(found.get(gradient)), signal, 0);
        return Objects.requireNonNull(found.get(loss)).getDouble(0);
    }

    private IllegalArgumentException broken(String found, String remedy) {
        return new IllegalArgumentException(message(found, remedy));
    }

    private String message(String found, String remedy) {
        return "%s: %s.%n%s".formatted(title, found, remedy);
    }
}
