package org.mtl4j.data;

import org.mtl4j.tensor.Shape;

/** The mean and the scale of each column of one input or target: z = (x - mean) / scale. Immutable. */
public final class Scale {

    private final double[] means;
    private final double[] scales;

    private Scale(double[] means, double[] scales) {
        this.means = means;
        this.scales = scales;
    }

    /**
     * A scale from its numbers.
     *
     * @param means [width], copied
     * @param scales [width], copied; positive
     */
    public static Scale of(double[] means, double[] scales) {
        if (means.length != scales.length) {
            throw new IllegalArgumentException("%d means but %d scales: each column has one of both.\nGive as many."
                    .formatted(means.length, scales.length));
        }
        for (int c = 0; c < scales.length; c++) {
            if (!Double.isFinite(means[c]) || !(scales[c] > 0) || Double.isInfinite(scales[c])) {
                throw new IllegalArgumentException(
                        "Column %d has mean %s and scale %s: the mean is finite and the scale positive and finite.\nGive a constant column scale 1."
                                .formatted(c, means[c], scales[c]));
            }
        }
        return new Scale(means.clone(), scales.clone());
    }

    /** A scale from means and standard deviations; a deviation of 0, or one lost in the mean's rounding, gives scale 1. */
    static Scale of(double[][] moments) {
        double[] scales = moments[1].clone();
        for (int c = 0; c < scales.length; c++) {
            boolean constant = scales[c] <= Math.abs(moments[0][c]) * 1e-12;
            scales[c] = constant ? 1 : scales[c];
        }
        return new Scale(moments[0], scales);
    }

    /** The number of columns. */
    public int width() {
        return means.length;
    }

    /**
     * The mean of each column.
     *
     * @return [width], a copy
     */
    public double[] means() {
        return means.clone();
    }

    /**
     * The scale of each column.
     *
     * @return [width], a copy
     */
    public double[] scales() {
        return scales.clone();
    }

    /**
     * Puts z in the place of x.
     *
     * @param values [rows, width], modified
     */
    void standardise(float[] values) {
        for (int i = 0; i < values.length; i += means.length) {
            for (int c = 0; c < means.length; c++) {
                values[i + c] = (float) ((values[i + c] - means[c]) / scales[c]);
            }
        }
    }

    /**
     * Puts z in the place of x, at each place of rows of this shape.
     *
     * @param values [rows, shape.inputSize()], modified
     */
    void standardise(Shape shape, float[] values) {
        Places places = new Places(shape);
        for (int row = 0; row < values.length; row += shape.inputSize()) {
            for (int p = 0; p < places.count(values, row); p++) {
                for (int c = 0; c < means.length; c++) {
                    int at = row + places.at(p, c);
                    values[at] = (float) ((values[at] - means[c]) / scales[c]);
                }
            }
        }
    }

    /**
     * Puts x in the place of z.
     *
     * @param values [rows, width], modified
     */
    void restore(float[] values) {
        for (int i = 0; i < values.length; i += means.length) {
            for (int c = 0; c < means.length; c++) {
                values[i + c] = (float) (values[i + c] * scales[c] + means[c]);
            }
        }
    }
}
