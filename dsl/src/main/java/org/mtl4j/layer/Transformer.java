package org.mtl4j.layer;

import java.util.random.RandomGenerator;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Attention;
import org.mtl4j.tensor.Embedding;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.LayerNorm;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Positions;
import org.mtl4j.tensor.SequenceLayers;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;
import org.mtl4j.tensor.TransformerBlock;
import org.mtl4j.tensor.TransformerLayers;

/**
 * The encoder of a transformer (Vaswani et al. 2017, section 3.1) over a text or a series: vectors of words, or a dense layer at
 * each step, then positions, then {@link TransformerBlock}s. Tasks with an answer at each place read the outputs there, others
 * their mean.
 *
 * <p>[length] words or [length, features] -> [length, width]. Defaults: sinusoidal positions, 4 width features inside, GELU,
 * layer norm after each residual connection, no dropout. With {@link #normFirst} a layer norm follows the last block.
 *
 * <pre>{@code
 * transformer(64, 4, 2).feedForward(256).normFirst().dropout(0.1)
 * }</pre>
 *
 * @param width the features at a place
 * @param heads heads of each attention; they divide the width
 * @param layers the number of blocks
 * @param feedForward the features inside a block's dense layers; {@link #FOUR_WIDTHS} for 4 width
 * @param activation inside them
 * @param norm where layer norms stand
 * @param positions what tells a place from another
 * @param dropout probability of a zero after the positions and within the blocks, in [0, 1)
 */
public record Transformer(
        int width,
        int heads,
        int layers,
        int feedForward,
        Activation activation,
        TransformerBlock.Norm norm,
        Positions positions,
        double dropout)
        implements Encoder {

    /** Stands for 4 width features inside a block. */
    public static final int FOUR_WIDTHS = 0;

    /** x Phi(x). */
    public static final Activation DEFAULT_ACTIVATION = new Activation.Gelu();

    private static final int FACTOR = 4;
    private static final Initialiser UNIFORM = new Initialiser.UniformFanIn();

    public Transformer {
        if (heads < 1 || width < 1 || width % heads != 0) {
            throw new IllegalArgumentException(
                    "transformer(%d, %d, %d): %d heads do not divide the width %d.%nGive a width that is a multiple of the heads: transformer(64, 4, 2)."
                            .formatted(width, heads, layers, heads, width));
        }
        SequenceSettings.require(layers, feedForward, dropout);
    }

    /** A transformer with the defaults. */
    public static Transformer of(int width, int heads, int layers) {
        return new Transformer(
                width,
                heads,
                layers,
                FOUR_WIDTHS,
                DEFAULT_ACTIVATION,
                TransformerBlock.Norm.AFTER,
                Positions.SINUSOIDAL,
                0);
    }

    /** This encoder with another number of features inside a block's dense layers. */
    public Transformer feedForward(int features) {
        SequenceSettings.positive("feedForward", features);
        return new Transformer(width, heads, layers, features, activation, norm, positions, dropout);
    }

    /** This encoder with another activation inside a block's dense layers. */
    public Transformer activation(Activation other) {
        return new Transformer(width, heads, layers, feedForward, other, norm, positions, dropout);
    }

    /** This encoder with layer norms on what goes into each layer, not after each residual connection. */
    public Transformer normFirst() {
        return new Transformer(
                width, heads, layers, feedForward, activation, TransformerBlock.Norm.BEFORE, positions, dropout);
    }

    /** This encoder with other positions: {@code sinusoidalPositions()}, {@code learnedPositions()} or {@code noPositions()}. */
    public Transformer positions(Positions other) {
        return new Transformer(width, heads, layers, feedForward, activation, norm, other, dropout);
    }

    /** This encoder with dropout of probability p after the positions, each attention, and both dense layers of a block. */
    public Transformer dropout(double p) {
        return new Transformer(width, heads, layers, feedForward, activation, norm, positions, p);
    }

    @Override
    public Node record(Tape tape, String prefix, Sources sources, RandomGenerator random) {
        Node top = embed(tape, prefix, SequenceSettings.input(this, sources), random);
        for (int l = 0; l < layers; l++) {
            top = TransformerLayers.encoderBlock(tape, prefix + "." + l, top, block(), Attention.Mask.NONE, random);
        }
        return end(tape, prefix, top);
    }

    /**
     * Engine API. Records the decoder of an encoder-decoder with these settings (Vaswani et al. 2017, section 3.1): each place
     * sees the target's words up to its own, and all of the encoder's output.
     *
     * @param memory the encoder's output, [length, width]
     * @param target an input of tokens: place p holds word p - 1 of the target, place 0 a word that begins it; in training those
     *     are the true words (teacher forcing)
     * @return features at each place of the target, for a head to tell the next word from
     */
    public Node recordDecoder(Tape tape, String prefix, Node memory, Node target, RandomGenerator random) {
        Node top = embed(tape, prefix, target, random);
        for (int l = 0; l < layers; l++) {
            top = TransformerLayers.decoderBlock(tape, prefix + "." + l, top, memory, block(), random);
        }
        return end(tape, prefix, top);
    }

    private Node embed(Tape tape, String prefix, Node input, RandomGenerator random) {
        String name = prefix + ".embedding";
        Node top = input.shape() instanceof Shape.Tokens
                ? SequenceLayers.embedding(tape, name, input, width, Embedding.NO_PADDING, random)
                : tape.dense(name, input, width, SequenceSettings.LINEAR, UNIFORM, random);
        Node placed = SequenceLayers.positions(tape, prefix + ".positions", top, positions, random);
        return dropout > 0 ? tape.dropout(prefix + ".dropout", placed, dropout) : placed;
    }

    private Node end(Tape tape, String prefix, Node top) {
        return norm == TransformerBlock.Norm.BEFORE
                ? SequenceLayers.layerNorm(tape, prefix + ".norm", top, LayerNorm.DEFAULT_EPSILON)
                : top;
    }

    private TransformerBlock block() {
        int inside = feedForward == FOUR_WIDTHS ? FACTOR * width : feedForward;
        return new TransformerBlock(heads, inside, activation, norm, dropout, LayerNorm.DEFAULT_EPSILON);
    }

    @Override
    public String toString() {
        return "transformer(" + width + ", " + heads + ", " + layers + ")"
                + (feedForward == FOUR_WIDTHS ? "" : ".feedForward(" + feedForward + ")")
                + (activation.equals(DEFAULT_ACTIVATION) ? "" : ".activation(" + activation + ")")
                + (norm == TransformerBlock.Norm.AFTER ? "" : ".normFirst()")
                + (positions == Positions.SINUSOIDAL ? "" : ".positions(" + positions + ")")
                + (dropout == 0 ? "" : ".dropout(" + dropout + ")");
    }
}
