package org.mtl4j.tensor;

/** The kernels of {@link Recurrent.Cell#GRU}. */
final class GruCell extends RecurrentCell {

    /** h U + c of gate n, [packed places, width]. */
    private float[] candidate = new float[0];

    private float[] more = new float[0];
    private float[] sums = new float[0];

    GruCell(Recurrent spec, Way way, Parameters parameters, int first) {
        super(spec, way, parameters, first);
    }

    @Override
    void reserve(int rows, int places) {
        super.reserve(rows, places);
        candidate = new float[places * width];
        more = new float[rows * gates];
        sums = new float[rows * gates];
    }

    @Override
    void biasOfInputs(float[] bias) {
        Rows.scaled(1f, values(), inputBias(), bias, 0, gates);
    }

    @Override
    void forward(Packing at, int t, int old, int from) {
        int n = at.active(t);
        int to = at.start(t);
        Rows.fill(sums, n, gates, values(), hiddenBias());
        addHidden(at, t, old, from, sums, 0);
        for (int i = 0; i < n; i++) {
            System.arraycopy(sums, i * gates + 2 * width, candidate, (to + i) * width, width);
        }
        open(n, to * gates);
        for (int i = 0; i < n; i++) {
            float[] before = i < old ? hidden : initial;
            step((to + i) * gates, before, (i < old ? from + i : i) * width, (to + i) * width);
        }
    }

    /** Turns the gates of a step into r, z, n; tanh(n) = 2 s(2 n) - 1. */
    private void open(int n, int from) {
        for (int i = 0; i < n; i++) {
            Rows.addScaled(1f, gate, from + i * gates, sums, i * gates, 2 * width);
        }
        FloatMath.sigmoids(sums, scratch, more, n * gates);
        for (int i = 0; i < n; i++) {
            int r = i * gates;
            System.arraycopy(scratch, r, gate, from + r, 2 * width);
            for (int c = 0; c < width; c++) {
                sums[i * width + c] = 2f * (gate[from + r + 2 * width + c] + scratch[r + c] * sums[r + 2 * width + c]);
            }
        }
        FloatMath.sigmoids(sums, scratch, more, n * width);
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < width; c++) {
                gate[from + i * gates + 2 * width + c] = 2f * scratch[i * width + c] - 1f;
            }
        }
    }

    private void step(int at, float[] before, int beforeAt, int to) {
        for (int c = 0; c < width; c++) {
            float z = gate[at + width + c];
            hidden[to + c] = (1f - z) * gate[at + 2 * width + c] + z * before[beforeAt + c];
        }
    }

    @Override
    void backward(Backward block, int t, float[] delta, float[] deltaHidden, int to) {
        int n = block.at.active(t);
        for (int i = 0; i < n; i++) {
            int value = block.value(t, i);
            int previous = previous(block, t, i);
            float[] before = previous < 0 ? initial : hidden;
            int beforeAt = (previous < 0 ? block.rank[i] : previous) * width;
            int row = (to + i) * gates;
            Rows.addScaled(1f, block.signal, (block.at.start(t) + i) * width, carry, i * width, width);
            gatesBack(value, before, beforeAt, i * width, delta, row);
            System.arraycopy(delta, row, deltaHidden, row, 2 * width);
            for (int c = 0; c < width; c++) { // n sees h U + c through r
                deltaHidden[row + 2 * width + c] = delta[row + 2 * width + c] * gate[value * gates + c];
            }
        }
    }

    /** dn = dh (1 - z) (1 - n^2), dr = dn (h U + c) r (1 - r), dz = dh (h - n) z (1 - z); dh z goes on. */
    private void gatesBack(int value, float[] before, int beforeAt, int at, float[] delta, int to) {
        int from = value * gates;
        for (int c = 0; c < width; c++) {
            float r = gate[from + c];
            float z = gate[from + width + c];
            float n = gate[from + 2 * width + c];
            float dh = carry[at + c];
            float dn = dh * (1f - z) * (1f - n * n);
            delta[to + c] = dn * candidate[value * width + c] * r * (1f - r);
            delta[to + width + c] = dh * (before[beforeAt + c] - n) * z * (1f - z);
            delta[to + 2 * width + c] = dn;
            carry[at + c] = dh * z;
        }
    }
}
