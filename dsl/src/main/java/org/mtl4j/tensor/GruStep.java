package org.mtl4j.tensor;

/**
 * One step of a gated recurrent unit at each place alike, from an input x and a state h: [in] and [width] -> [width],
 *
 * <pre>r = sigmoid(W_ir x + b_ir + W_hr h + b_hr)
 * z = sigmoid(W_iz x + b_iz + W_hz h + b_hz)
 * n = tanh(W_in x + b_in + r * (W_hn h + b_hn))
 * h' = (1 - z) * n + z * h</pre>
 *
 * <p>as PyTorch's {@code GRUCell}: W_i [in, 3 width] and W_h [width, 3 width] hold r, z and n side by side, and so do b_i and
 * b_h. As the update of message passing: Gilmer et al. 2017 (arXiv 1704.01212), eq. 2.
 */
public record GruStep() implements LayerSpec {
    @Override
    public String toString() {
        return "gruStep()";
    }
}
