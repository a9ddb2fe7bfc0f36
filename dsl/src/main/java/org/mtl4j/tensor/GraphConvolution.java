package org.mtl4j.tensor;

/**
 * A graph convolution at each node: [nodes, in] -> [nodes, width],
 *
 * <pre>Y = f(D^-1/2 (A + I) D^-1/2 X W + b),   D_ii = sum_j (A + I)_ij</pre>
 *
 * <p>with A_ij the number of edges from node j to node i, loops left out: a node is its own neighbour once, whether or not the
 * input lists that edge, as in PyTorch Geometric's {@code GCNConv}. A graph without edges gives f(X W + b). W: [in, width],
 * b: [width]. Source: Kipf and Welling 2017 (arXiv 1609.02907), eq. 2.
 *
 * @param width features that it puts out per node
 * @param activation f
 */
public record GraphConvolution(int width, Activation activation) implements LayerSpec {

    public GraphConvolution {
        Widths.positive("graphConvolution", width);
    }

    @Override
    public String toString() {
        return "graphConvolution(" + width + ", " + activation + ")";
    }
}
