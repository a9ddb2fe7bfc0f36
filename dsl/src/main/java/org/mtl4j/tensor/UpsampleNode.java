package org.mtl4j.tensor;

import java.util.List;

/** {@link Upsample}: y[c, i, j] = sum over a, b in {0, 1} of u[i, a] v[j, b] x[c, row[i, a], column[j, b]]. */
final class UpsampleNode extends BlockNode {

    private final int planes;
    private final int inPlane;
    private final int inRow;
    private final int outRow;
    private final int outRows;
    private final int[] row;
    private final float[] u;
    private final int[] column;
    private final float[] v;

    UpsampleNode(String name, Upsample spec, Node input, Parameters parameters, int tasks) {
        super(name, spec, spec.output((Shape.Image) input.shape), List.of(input), parameters, 0, tasks);
        Shape.Image from = (Shape.Image) input.shape;
        Shape.Image to = (Shape.Image) shape;
        this.planes = from.channels();
        this.inPlane = from.positions();
        this.inRow = from.width();
        this.outRow = to.width();
        this.outRows = to.height();
        boolean nearest = spec instanceof Upsample.Nearest;
        this.row = new int[2 * to.height()];
        this.u = weights(nearest, from.height(), to.height(), row);
        this.column = new int[2 * to.width()];
        this.v = weights(nearest, from.width(), to.width(), column);
    }

    /** The two pixels that each new one lies between, and their weights. @param pixel [2 * to], overwritten. */
    private static float[] weights(boolean nearest, int from, int to, int[] pixel) {
        float[] weights = new float[2 * to];
        for (int i = 0; i < to; i++) {
            double at = nearest ? Math.floorDiv(i * from, to) : Math.max(0, (i + 0.5) * from / to - 0.5);
            int low = (int) at;
            pixel[2 * i] = low;
            pixel[2 * i + 1] = Math.min(low + 1, from - 1);
            weights[2 * i + 1] = (float) (at - low);
            weights[2 * i] = 1f - weights[2 * i + 1];
        }
        return weights;
    }

    @Override
    void forward(int rows, Pass pass) {
        float[] x = below().value;
        int at = 0;
        for (int plane = 0; plane < rows * planes * inPlane; plane += inPlane) {
            for (int i = 0; i < outRows; i++, at += outRow) {
                int upper = plane + row[2 * i] * inRow;
                int lower = plane + row[2 * i + 1] * inRow;
                for (int j = 0; j < outRow; j++) {
                    int l = column[2 * j];
                    int r = column[2 * j + 1];
                    float above = v[2 * j] * x[upper + l] + v[2 * j + 1] * x[upper + r];
                    float under = v[2 * j] * x[lower + l] + v[2 * j + 1] * x[lower + r];
                    value[at + j] = u[2 * i] * above + u[2 * i + 1] * under;
                }
            }
        }
    }

    @Override
    void propagate(Block block) {
        if (!block.needs(0)) {
            return;
        }
        float[] below = block.below(0);
        int at = block.signalAt(0);
        int from = block.belowAt(0, 0);
        for (int plane = from; plane < from + block.rows() * planes * inPlane; plane += inPlane) {
            for (int i = 0; i < outRows; i++, at += outRow) {
                spread(at, u[2 * i], below, plane + row[2 * i] * inRow);
                spread(at, u[2 * i + 1], below, plane + row[2 * i + 1] * inRow);
            }
        }
    }

    /** Adds a row of the signal, times a weight, to a row of pixels. */
    private void spread(int at, float weight, float[] below, int to) {
        if (weight == 0f) {
            return;
        }
        for (int j = 0; j < outRow; j++) {
            below[to + column[2 * j]] += weight * v[2 * j] * signal[at + j];
            below[to + column[2 * j + 1]] += weight * v[2 * j + 1] * signal[at + j];
        }
    }

    @Override
    void gradient(Block at, float[] into, int intoOff) {
        // it has no parameters
    }
}
