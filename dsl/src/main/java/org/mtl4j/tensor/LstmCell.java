package org.mtl4j.tensor;

import org.jspecify.annotations.Nullable;

/** The kernels of {@link Recurrent.Cell#LSTM}. */
final class LstmCell extends RecurrentCell {

    private float[] cell = new float[0];
    /** tanh of the cell. */
    private float[] squashed = new float[0];

    private float[] more = new float[0];

    LstmCell(Recurrent spec, Way way, Parameters parameters, int first) {
        super(spec, way, parameters, first);
    }

    @Override
    void reserve(int rows, int places) {
        super.reserve(rows, places);
        cell = new float[places * width];
        squashed = new float[places * width];
        more = new float[rows * gates];
    }

    @Override
    void biasOfInputs(float[] bias) {
        Rows.scaled(1f, values(), inputBias(), bias, 0, gates);
        Rows.addScaled(1f, values(), hiddenBias(), bias, 0, gates);
    }

    @Override
    void forward(Packing at, int t, int old, int from) {
        int n = at.active(t);
        int to = at.start(t);
        addHidden(at, t, old, from, gate, to * gates);
        open(n, to * gates);
        for (int i = 0; i < n; i++) {
            float[] before = i < old ? cell : initialCell;
            step((to + i) * gates, before, (i < old ? from + i : i) * width, (to + i) * width);
        }
        squash(n, to);
        for (int i = 0; i < n; i++) {
            int o = (to + i) * gates + 3 * width;
            int h = (to + i) * width;
            for (int c = 0; c < width; c++) {
                hidden[h + c] = gate[o + c] * squashed[h + c];
            }
        }
    }

    /** Turns the gates of a step into s(i), s(f), tanh(g), s(o); tanh(g) = 2 s(2 g) - 1. */
    private void open(int n, int from) {
        System.arraycopy(gate, from, scratch, 0, n * gates);
        for (int i = 0; i < n; i++) {
            Rows.scaled(2f, scratch, i * gates + 2 * width, scratch, i * gates + 2 * width, width);
        }
        FloatMath.sigmoids(scratch, scratch, more, n * gates);
        for (int i = 0; i < n; i++) {
            int g = i * gates + 2 * width;
            for (int c = 0; c < width; c++) {
                scratch[g + c] = 2f * scratch[g + c] - 1f;
            }
        }
        System.arraycopy(scratch, 0, gate, from, n * gates);
    }

    private void step(int at, float[] before, int beforeAt, int to) {
        for (int c = 0; c < width; c++) {
            cell[to + c] = gate[at + width + c] * before[beforeAt + c] + gate[at + c] * gate[at + 2 * width + c];
        }
    }

    private void squash(int n, int to) {
        Rows.scaled(2f, cell, to * width, scratch, 0, n * width);
        FloatMath.sigmoids(scratch, scratch, more, n * width);
        for (int i = 0; i < n * width; i++) {
            squashed[to * width + i] = 2f * scratch[i] - 1f;
        }
    }

    @Override
    void begin(int place, int at) {
        super.begin(place, at);
        System.arraycopy(initialCell, at * width, cell, place * width, width);
    }

    @Override
    void backward(Backward block, int t, float[] delta, float[] deltaHidden, int to) {
        int n = block.at.active(t);
        for (int i = 0; i < n; i++) {
            int value = block.value(t, i);
            int previous = previous(block, t, i);
            float[] before = previous < 0 ? initialCell : cell;
            int beforeAt = (previous < 0 ? block.rank[i] : previous) * width;
            Rows.addScaled(1f, block.signal, (block.at.start(t) + i) * width, carry, i * width, width);
            cellBack(value, i * width, delta, (to + i) * gates);
            gatesBack(value * gates, before, beforeAt, i * width, delta, (to + i) * gates);
        }
    }

    /** do = dh * tanh(c) * o (1 - o); dc += dh * o * (1 - tanh(c)^2); dh is used up. */
    private void cellBack(int value, int at, float[] delta, int to) {
        int out = value * gates + 3 * width;
        for (int c = 0; c < width; c++) {
            float o = gate[out + c];
            float tanh = squashed[value * width + c];
            float dh = carry[at + c];
            delta[to + 3 * width + c] = dh * tanh * o * (1f - o);
            carryCell[at + c] += dh * o * (1f - tanh * tanh);
            carry[at + c] = 0f;
        }
    }

    /** di = dc * g * i (1 - i), df = dc * c * f (1 - f), dg = dc * i * (1 - g^2); dc * f goes on. */
    private void gatesBack(int value, float[] before, int beforeAt, int at, float[] delta, int to) {
        for (int c = 0; c < width; c++) {
            float i = gate[value + c];
            float f = gate[value + width + c];
            float g = gate[value + 2 * width + c];
            float dc = carryCell[at + c];
            delta[to + c] = dc * g * i * (1f - i);
            delta[to + width + c] = dc * before[beforeAt + c] * f * (1f - f);
            delta[to + 2 * width + c] = dc * i * (1f - g * g);
            carryCell[at + c] = dc * f;
        }
    }

    @Override
    float @Nullable [] cells() {
        return cell;
    }
}
