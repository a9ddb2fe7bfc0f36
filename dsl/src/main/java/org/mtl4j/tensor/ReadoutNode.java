package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * One vector of all places of a row: their sum, mean or greatest number, feature by feature, over the places that the row
 * has. A row without any gives 0.
 */
final class ReadoutNode extends BlockNode {

    private final Readout kind;
    private final int places;
    private final int in;
    /** The place of the greatest number, [batch, in]. */
    private int[] winner = new int[0];

    ReadoutNode(String name, Readout kind, Node input, Parameters parameters, int tasks) {
        super(name, kind, new Shape.Vector(input.features()), List.of(input), parameters, 0, tasks);
        this.kind = kind;
        this.places = input.shape.positions();
        this.in = input.features();
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        winner = new int[kind == Readout.MAX ? batch * in : 0];
    }

    /** Where feature c at place p of a row lies: channels come first in an image. */
    private int at(int row, int place, int c) {
        return below().shape instanceof Shape.Image ? (row * in + c) * places + place : (row * places + place) * in + c;
    }

    @Override
    void forward(int rows, Pass pass) {
        Arrays.fill(value, 0, rows * in, 0f);
        float[] x = below().value;
        for (int r = 0; r < rows; r++) {
            int n = below().placesOf(r);
            for (int c = 0; c < in && n > 0; c++) {
                value[r * in + c] = kind == Readout.MAX ? greatest(x, r, c, n) : total(x, r, c, n);
            }
        }
    }

    private float total(float[] x, int r, int c, int n) {
        float sum = 0;
        for (int p = 0; p < n; p++) {
            sum += x[at(r, p, c)];
        }
        return kind == Readout.MEAN ? sum / n : sum;
    }

    private float greatest(float[] x, int r, int c, int n) {
        int best = 0;
        for (int p = 1; p < n; p++) {
            if (x[at(r, p, c)] > x[at(r, best, c)]) {
                best = p;
            }
        }
        winner[r * in + c] = best;
        return x[at(r, best, c)];
    }

    @Override
    void propagate(Block block) {
        if (!block.needs(0)) {
            return;
        }
        float[] below = block.below(0);
        for (int r = 0; r < block.rows(); r++) {
            int row = block.batchRow(r);
            int n = below().placesOf(row);
            int shift = block.belowAt(0, r) - row * in * places; // from the row's values to its signals
            for (int c = 0; c < in && n > 0; c++) {
                float s = signal[block.signalAt(r) + c];
                if (kind == Readout.MAX) {
                    below[shift + at(row, winner[row * in + c], c)] += s;
                } else {
                    float each = kind == Readout.MEAN ? s / n : s;
                    for (int p = 0; p < n; p++) {
                        below[shift + at(row, p, c)] += each;
                    }
                }
            }
        }
    }

    @Override
    void gradient(Block at, float[] into, int intoOff) {
        // it has no parameters
    }
}
