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
    int places = 1;
    Grid grid = Grid.NONE;
    float[] own = new float[0];
    float[] ownGradient = new float[0];
    int ownOffset;
    int ownCount;

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
     * @param rows the labelled batch rows, the first {@code count} of them, ascending; of a task by place, the labelled
     *     places: row * places + place
     */
    public Labelled targets(float[] targets, int targetWidth, int[] rows, int count) {
        this.targets = targets;
        this.targetWidth = targetWidth;
        this.rows = rows;
        this.count = count;
        return this;
    }

    /** How many places a row has: 1, unless the task has a target at each token, pixel or node. */
    public Labelled places(int each) {
        this.places = each;
        return this;
    }

    /** Where the cells of a task of boxes lie in its images. */
    public Labelled grid(Grid cells) {
        this.grid = cells;
        return this;
    }

    /**
     * Where the loss's own parameters lie: {@link Objective#ownParameters}.
     *
     * @param values [.., offset + own, ..], read only
     * @param gradient [.., offset + own, ..], receives their gradient
     */
    public Labelled own(float[] values, float[] gradient, int offset, int count) {
        this.own = values;
        this.ownGradient = gradient;
        this.ownOffset = offset;
        this.ownCount = count;
        return this;
    }

    /** Multiplies the gradient of the loss's own parameters. */
    public void scaleOwn(float factor) {
        for (int i = ownOffset; i < ownOffset + ownCount; i++) {
            ownGradient[i] *= factor;
        }
    }

    /** The batch row of the r-th label. */
    int row(int r) {
        return rows[r] / places;
    }

    /** The first label behind those of the batch row that label r is of. */
    int endOfRow(int r) {
        int end = r + 1;
        while (end < count && row(end) == row(r)) {
            end++;
        }
        return end;
    }

    int output(int r) {
        return rows[r] * stride + column;
    }

    int target(int r) {
        return rows[r] * targetWidth;
    }
}
