package org.mtl4j.tensor;

/**
 * A block of a transformer (Vaswani et al. 2017, section 3.1 and 3.3): attention A, then two dense layers at each place
 * F(x) = f(x W + b) V + c, each around a residual connection with a layer norm N.
 *
 * <p>{@link Norm#AFTER}: x = N(x + A(x)), x = N(x + F(x)). {@link Norm#BEFORE}: x = x + A(N(x)), x = x + F(N(x)) (Xiong et al.
 * 2020). A decoder's block attends to the encoder's output between the two. Dropout, where p > 0, is on A, on f and on F, as in
 * PyTorch, but not on the shares within the attention.
 *
 * @param heads heads of each attention; they divide the width
 * @param feedForward the width of f
 * @param activation f
 * @param norm where the layer norms stand
 * @param dropout the probability of a zero, in [0, 1)
 * @param epsilon of the layer norms
 */
public record TransformerBlock(
        int heads, int feedForward, Activation activation, Norm norm, double dropout, double epsilon) {

    /** Where layer norms stand. */
    public enum Norm {
        /** After each residual connection, as published first. */
        AFTER,
        /** On what goes into each layer. */
        BEFORE
    }
}
