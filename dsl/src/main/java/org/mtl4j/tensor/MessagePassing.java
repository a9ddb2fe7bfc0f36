package org.mtl4j.tensor;

/**
 * What each node hears along its edges: [nodes, in] and, where there are any, [edges, features] -> [nodes, width],
 *
 * <pre>m_i = sum over edges j -> i of f(W [h_i; h_j; e_ij] + b)</pre>
 *
 * <p>A node without edges hears 0; loops and repeated edges count as the input lists them. W: [2 in + features, width], b:
 * [width]. Source: Gilmer et al. 2017 (arXiv 1704.01212), eq. 1, with one dense layer as the message function.
 *
 * @param width features of a message
 * @param activation f
 */
public record MessagePassing(int width, Activation activation) implements LayerSpec {

    public MessagePassing {
        Widths.positive("messagePassing", width);
    }

    @Override
    public String toString() {
        return "messagePassing(" + width + ", " + activation + ")";
    }
}
