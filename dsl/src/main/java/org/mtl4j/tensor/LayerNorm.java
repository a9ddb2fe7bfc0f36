package org.mtl4j.tensor;

import java.util.random.RandomGenerator;

/**
 * Layer normalisation (Ba et al. 2016, arXiv 1607.06450, eq. 3 and 4): y = gamma (x - mean) / sqrt(variance + epsilon) + beta, with
 * the mean and the biased variance over the features of one row, of each place of a series alike, or over all of an image.
 *
 * <p>The shape stays. gamma, beta: as many as numbers are normalised together; they start at 1 and 0.
 *
 * @param epsilon added to the variance
 * @param affine whether gamma and beta are there
 */
public record LayerNorm(double epsilon, Affine affine) implements Layer, LayerSpec {

    public LayerNorm {
        BatchNorm.requirePositive("layerNorm()", epsilon);
    }

    /** This layer with another number under the root. */
    public LayerNorm epsilon(double number) {
        return new LayerNorm(number, affine);
    }

    /** This layer without gamma and beta. */
    public LayerNorm noAffine() {
        return new LayerNorm(epsilon, Affine.NONE);
    }

    @Override
    public Node record(Tape tape, String name, Node input, RandomGenerator random) {
        int groups = input.shape instanceof Shape.Series series ? series.length() : 1;
        int together = input.width / groups;
        RowNormNode.Groups each = new RowNormNode.Groups(groups, together, 1, 0);
        return tape.add(new RowNormNode(name, this, each, affine, epsilon, input, tape));
    }

    @Override
    public String toString() {
        return "layerNorm()"
                + (epsilon == BatchNorm.DEFAULT_EPSILON ? "" : ".epsilon(" + epsilon + ")")
                + (affine == Affine.LEARNED ? "" : ".noAffine()");
    }
}
