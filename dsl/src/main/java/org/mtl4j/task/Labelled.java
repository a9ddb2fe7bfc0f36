package org.mtl4j.task;

/**
 * Engine API, mutable, reused: one task's outputs in a batch beside its targets, and where its loss writes the signal.
 */
public final class Labelled {

    float[] outputs = new float[0];
    float[] signal = new float[0];
    int column;
    int width;
    int stride;
    float[] targets = new float[0];
    int targetWidth;
    int[] rows = new int[0];
    int count;

    /**
     * Where the outputs lie: row r, output c at {@code r * stride + column + c}.
     *
     * @param outputs [batch, stride]
     * @param signal [batch, stride], receives dL/doutputs at the labelled rows
     */
    public Labelled outputs(float[] outputs, float[] signal, int column, int width, int stride) {
        this.outputs = outputs;
        this.signal = signal;
        this.column = column;
        this.width = width;
        this.stride = stride;
        return this;
    }

    /**
     * The targets of the batch.
     *
     * @param targets [batch, targetWidth]
     * @param rows the labelled batch rows, the first {@code count} of them
     */
    public Labelled targets(float[] targets, int targetWidth, int[] rows, int count) {
        this.targets = targets;
        this.targetWidth = targetWidth;
        this.rows = rows;
        this.count = count;
        return this;
    }

    int output(int r) {
        return rows[r] * stride + column;
    }

    int target(int r) {
        return rows[r] * targetWidth;
    }
}
