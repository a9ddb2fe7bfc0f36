package org.mtl4j.tensor;

import java.util.Locale;

/**
 * Graph attention at each node, [nodes, in] -> [nodes, heads * width], or [nodes, width] where heads are averaged:
 *
 * <pre>z = X W_h,   e_ij = LeakyReLU(a_dst . z_i + a_src . z_j),   alpha_ij = softmax of e_ij over j,
 * y_i = f(heads of sum_j alpha_ij z_j, + b)</pre>
 *
 * <p>where j is each node with an edge to i, and i itself once, whether or not the input lists that edge, as in PyTorch
 * Geometric's {@code GATConv}; an edge listed twice counts twice. W: [in, heads * width], head after head; a_src and a_dst:
 * [heads, width]; b: as wide as y. Attention weights are not dropped out. Source: Veličković et al. 2018 (arXiv 1710.10903),
 * section 2.1.
 *
 * @param width features of a head
 * @param heads attention heads
 * @param merge what becomes of the heads
 * @param slope LeakyReLU's, for negative numbers
 * @param activation f
 */
public record GraphAttention(int width, int heads, Merge merge, double slope, Activation activation)
        implements LayerSpec {

    /** The slope of the paper and of PyTorch Geometric. */
    public static final double DEFAULT_SLOPE = 0.2;

    /** What becomes of the heads. */
    public enum Merge {
        /** Side by side. */
        CONCATENATE,
        /** Their mean, as the paper's last layer does. */
        MEAN
    }

    public GraphAttention {
        Widths.positive("graphAttention", width);
        Widths.atLeastOne("graphAttention", heads, "heads");
        if (!(slope >= 0 && slope < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "graphAttention: a slope of %s.%nGive a number that is at least 0, as %s."
                            .formatted(slope, DEFAULT_SLOPE));
        }
    }

    /** Features that it puts out per node. */
    public int outputs() {
        return merge == Merge.CONCATENATE ? heads * width : width;
    }

    @Override
    public String toString() {
        return "graphAttention(%d, %d heads, %s, slope %s, %s)"
                .formatted(width, heads, merge.name().toLowerCase(Locale.ROOT), slope, activation);
    }
}
