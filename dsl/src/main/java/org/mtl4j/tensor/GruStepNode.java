package org.mtl4j.tensor;

import java.util.List;

/**
 * A {@link GruStep} at each place, with two products for all places of the batch.
 *
 * <p>With s the signal: dn = s (1 - z) (1 - n^2), dz = s (h - n) z (1 - z), dr = dn (W_hn h + b_hn) r (1 - r); the signal at the
 * product with x is [dr, dz, dn], at that with h [dr, dz, dn r]; and dh gets s z besides.
 */
final class GruStepNode extends BlockNode {

    final int in;
    private final int out;
    private final int places;
    private final Affine ofInput;
    private final Affine ofState;
    private final int ofStateAt;

    /** [batch, places, 3 out]: the products, then r, z and n of the first; the second keeps W_hn h + b_hn. */
    private float[] gates = new float[0];

    private float[] fromState = new float[0];
    /** By slot, [slots, places, 3 out]. */
    private float[] inputSignal = new float[0];

    private float[] stateSignal = new float[0];

    GruStepNode(String name, Node input, Node state, Parameters parameters, int tasks) {
        super(name, new GruStep(), state.shape, List.of(input, state), parameters, size(input, state), tasks);
        this.in = input.features();
        this.out = state.features();
        this.places = shape.positions();
        this.ofInput = new Affine(in, 3 * out);
        this.ofState = new Affine(out, 3 * out);
        this.ofStateAt = first + (in + 1) * 3 * out;
        parameters.name(name + ".weight_ih", in, 3 * out, first, 3 * out);
        parameters.name(name + ".bias_ih", 1, 3 * out, first + in * 3 * out, 3 * out);
        parameters.name(name + ".weight_hh", out, 3 * out, ofStateAt, 3 * out);
        parameters.name(name + ".bias_hh", 1, 3 * out, ofStateAt + out * 3 * out, 3 * out);
    }

    private static int size(Node input, Node state) {
        return 3 * state.features() * (input.features() + state.features() + 2);
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        int slots = signalRows(batch, blocks);
        gates = new float[batch * width * 3];
        fromState = new float[batch * width * 3];
        inputSignal = new float[slots * width * 3];
        stateSignal = new float[slots * width * 3];
        ofInput.reserve(batch * places);
        ofState.reserve(batch * places);
    }

    @Override
    void forward(int rows, Pass pass) {
        float[] p = parameters.values();
        int n = rows * places;
        ofInput.forward(n, inputs.get(0).value, p, first, gates);
        ofState.forward(n, inputs.get(1).value, p, ofStateAt, fromState);
        float[] h = inputs.get(1).value;
        for (int k = 0; k < n; k++) {
            step(k * 3 * out, h, k * out);
        }
    }

    /** The gates of one place, and its new state. */
    private void step(int at, float[] h, int to) {
        int fresh = at + 2 * out;
        Rows.addScaled(1f, fromState, at, gates, at, 2 * out);
        TanhKernels.sigmoid(gates, gates, at, fresh);
        for (int c = 0; c < out; c++) {
            gates[fresh + c] += gates[at + c] * fromState[fresh + c];
        }
        TanhKernels.tanh(gates, gates, fresh, fresh + out);
        for (int c = 0; c < out; c++) {
            float z = gates[at + out + c];
            value[to + c] = (1f - z) * gates[fresh + c] + z * h[to + c];
        }
    }

    @Override
    void propagate(Block block) {
        for (int r = 0; r < block.rows(); r++) {
            gateSignals(block, r);
        }
        float[] p = parameters.values();
        int n = block.rows() * places;
        int from = block.slot(0) * width * 3;
        if (block.needs(0)) {
            ofInput.toInput(n, inputSignal, from, p, first, 1f, block.below(0), block.belowAt(0, 0));
        }
        if (block.needs(1)) {
            ofState.toInput(n, stateSignal, from, p, ofStateAt, 1f, block.below(1), block.belowAt(1, 0));
        }
    }

    private void gateSignals(Block block, int r) {
        int row = block.batchRow(r);
        float[] h = inputs.get(1).value;
        for (int k = 0; k < places; k++) {
            for (int c = 0; c < out; c++) {
                int at = (row * places + k) * 3 * out + c;
                int to = (block.slot(r) * places + k) * 3 * out + c;
                float s = signal[block.signalAt(r) + k * out + c];
                float reset = gates[at];
                float z = gates[at + out];
                float fresh = gates[at + 2 * out];
                float dn = s * (1f - z) * (1f - fresh * fresh);
                float dz = s * (h[row * width + k * out + c] - fresh) * z * (1f - z);
                float dr = dn * fromState[at + 2 * out] * reset * (1f - reset);
                inputSignal[to] = dr;
                inputSignal[to + out] = dz;
                inputSignal[to + 2 * out] = dn;
                stateSignal[to] = dr;
                stateSignal[to + out] = dz;
                stateSignal[to + 2 * out] = dn * reset;
                if (block.needs(1)) {
                    block.below(1)[block.belowAt(1, r) + k * out + c] += s * z;
                }
            }
        }
    }

    @Override
    void gradient(Block block, float[] into, int intoOff) {
        int n = block.rows() * places;
        int from = block.slot(0) * width * 3;
        float[] x = ofInput.rowsOf(block, inputs.get(0).value, places);
        ofInput.gradient(n, x, inputSignal, from, into, intoOff);
        ofInput.biasGradient(n, inputSignal, from, into, intoOff + in * 3 * out);
        float[] h = ofState.rowsOf(block, inputs.get(1).value, places);
        int at = intoOff + ofStateAt - first;
        ofState.gradient(n, h, stateSignal, from, into, at);
        ofState.biasGradient(n, stateSignal, from, into, at + out * 3 * out);
    }
}
