package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * One vector of all places of a row that weighs them itself: a = softmax over the row's places of (x_p . w + b), y = sum_p a_p
 * x_p. w: [in], b: [1]; both begin at 0, which is the mean. A row without places gives 0.
 *
 * <p>With s the signal: da_p = s . x_p, dscore_p = a_p (da_p - sum_q a_q da_q), dx_p = a_p s + dscore_p w, dw = sum_p dscore_p
 * x_p; b's gradient is 0, since a softmax does not see it.
 */
final class AttentionReadoutNode extends BlockNode {

    private final int places;
    private final int in;
    /** Of an image, channels come first: from a feature to the next, and from a place to the next. */
    private final int featureStep;

    private final int placeStep;
    /** a, [batch, places]. */
    private float[] attention = new float[0];
    /** dscore by slot, [slots, places]. */
    private float[] scoreSignal = new float[0];

    AttentionReadoutNode(String name, Node input, Parameters parameters, int tasks) {
        super(
                name,
                Readout.ATTENTION,
                new Shape.Vector(input.features()),
                List.of(input),
                parameters,
                input.features() + 1,
                tasks);
        this.places = input.shape.positions();
        this.in = input.features();
        this.featureStep = input.shape instanceof Shape.Image ? places : 1;
        this.placeStep = input.shape instanceof Shape.Image ? 1 : in;
        parameters.name(name + ".weight", in, 1, first, 1);
        parameters.name(name + ".bias", 1, 1, first + in, 1);
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        attention = new float[batch * places];
        scoreSignal = new float[signalRows(batch, blocks) * places];
    }

    @Override
    void forward(int rows, Pass pass) {
        Arrays.fill(value, 0, rows * in, 0f);
        float[] x = below().value;
        for (int row = 0; row < rows; row++) {
            int n = below().placesOf(row);
            weigh(row, n);
            for (int p = 0; p < n; p++) {
                float a = attention[row * places + p];
                for (int c = 0; c < in; c++) {
                    value[row * in + c] += a * x[at(row, p, c)];
                }
            }
        }
    }

    private int at(int row, int place, int c) {
        return row * in * places + place * placeStep + c * featureStep;
    }

    private void weigh(int row, int n) {
        float[] p = parameters.values();
        float[] x = below().value;
        int from = row * places;
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            float score = p[first + in];
            for (int c = 0; c < in; c++) {
                score += p[first + c] * x[at(row, i, c)];
            }
            attention[from + i] = score;
            max = Math.max(max, score);
        }
        float sum = 0;
        for (int i = from; i < from + n; i++) {
            attention[i] = FloatMath.exp(attention[i] - max); // shifted by the max: no overflow
            sum += attention[i];
        }
        for (int i = from; i < from + n; i++) {
            attention[i] /= sum;
        }
    }

    @Override
    void propagate(Block block) {
        for (int r = 0; r < block.rows(); r++) {
            int row = block.batchRow(r);
            scoreSignals(block, r, row);
            if (block.needs(0)) {
                toInput(block, r, row);
            }
        }
    }

    private void scoreSignals(Block block, int r, int row) {
        float[] x = below().value;
        int to = block.slot(r) * places;
        Arrays.fill(scoreSignal, to, to + places, 0f);
        float mean = 0;
        for (int p = 0; p < below().placesOf(row); p++) {
            for (int c = 0; c < in; c++) {
                scoreSignal[to + p] += signal[block.signalAt(r) + c] * x[at(row, p, c)];
            }
            mean += attention[row * places + p] * scoreSignal[to + p];
        }
        for (int p = 0; p < below().placesOf(row); p++) {
            scoreSignal[to + p] = attention[row * places + p] * (scoreSignal[to + p] - mean);
        }
    }

    private void toInput(Block block, int r, int row) {
        float[] w = parameters.values();
        float[] below = block.below(0);
        int shift = block.belowAt(0, r) - row * in * places; // from the row's values to its signals
        for (int p = 0; p < below().placesOf(row); p++) {
            float a = attention[row * places + p];
            float score = scoreSignal[block.slot(r) * places + p];
            for (int c = 0; c < in; c++) {
                below[shift + at(row, p, c)] += a * signal[block.signalAt(r) + c] + score * w[first + c];
            }
        }
    }

    @Override
    void gradient(Block block, float[] into, int intoOff) {
        float[] x = below().value;
        for (int r = 0; r < block.rows(); r++) {
            int row = block.batchRow(r);
            for (int p = 0; p < below().placesOf(row); p++) {
                float score = scoreSignal[block.slot(r) * places + p];
                for (int c = 0; c < in; c++) {
                    into[intoOff + c] += score * x[at(row, p, c)];
                }
            }
        }
    }
}
