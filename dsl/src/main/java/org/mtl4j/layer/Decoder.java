package org.mtl4j.layer;

import java.util.random.RandomGenerator;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Positions;
import org.mtl4j.tensor.Tape;
import org.mtl4j.tensor.TransformerBlock;

/**
 * The decoder of a transformer (Vaswani et al. 2017, section 3.1) as one task's own part of a net: it writes a sequence word by
 * word, each from the words before it (causal self-attention) and from all that the encoder, which tasks share, puts out
 * (cross-attention). It is as wide as the encoder's output, and its blocks are {@link TransformerBlock}s with GELU and 4 width
 * features inside.
 *
 * <p>[length] words so far and [other length, width] of the encoder -> [length, width]. Defaults: sinusoidal positions, layer norm
 * after each residual connection, no dropout, sequences as long as the longest of the data.
 *
 * <pre>{@code
 * task("german").sequence(decoder(4, 2).dropout(0.1).longest(40))
 * }</pre>
 *
 * @param heads heads of each attention; they divide the width of the encoder's output
 * @param layers the number of blocks
 * @param norm where layer norms stand
 * @param dropout probability of a zero after the positions and within the blocks, in [0, 1)
 * @param longest the most words that it writes; {@link #AS_DATA} for those of the longest sequence in the data
 */
public record Decoder(int heads, int layers, TransformerBlock.Norm norm, double dropout, int longest) {

    /** Stands for sequences as long as the longest one of the data. */
    public static final int AS_DATA = 0;

    /** Heads and blocks where none are named. */
    public static final Decoder DEFAULT = of(4, 2);

    public Decoder {
        SequenceSettings.positive("heads", heads);
        SequenceSettings.require(layers, Rnn.AS_WIDTH, dropout);
        if (longest < 0) {
            SequenceSettings.positive("longest", longest);
        }
    }

    /** A decoder with the defaults. */
    public static Decoder of(int heads, int layers) {
        return new Decoder(heads, layers, TransformerBlock.Norm.AFTER, 0, AS_DATA);
    }

    /** This decoder with layer norms on what goes into each layer, not after each residual connection. */
    public Decoder normFirst() {
        return new Decoder(heads, layers, TransformerBlock.Norm.BEFORE, dropout, longest);
    }

    /** This decoder with dropout of probability p after the positions, each attention, and both dense layers of a block. */
    public Decoder dropout(double p) {
        return new Decoder(heads, layers, norm, p, longest);
    }

    /** This decoder for sequences of up to so many words: those it is trained on, and those it writes. */
    public Decoder longest(int words) {
        return new Decoder(heads, layers, norm, dropout, SequenceSettings.positive("longest", words));
    }

    /**
     * Engine API. Records it on a tape with new parameters.
     *
     * @param prefix what parameter names begin with, such as {@code head.german}
     * @param memory the encoder's output, [other length, width]
     * @param words an input of tokens: place p holds word p - 1 of the target, place 0 the symbol that begins it
     * @return features at each place, for a head to tell the next word from
     */
    public Node record(Tape tape, String prefix, Node memory, Node words, RandomGenerator random) {
        Transformer settings = new Transformer(
                memory.features(),
                heads,
                layers,
                Transformer.FOUR_WIDTHS,
                Transformer.DEFAULT_ACTIVATION,
                norm,
                Positions.SINUSOIDAL,
                dropout);
        return settings.recordDecoder(tape, prefix, memory, words, random);
    }

    @Override
    public String toString() {
        return "decoder(" + heads + ", " + layers + ")"
                + (norm == TransformerBlock.Norm.AFTER ? "" : ".normFirst()")
                + (dropout == 0 ? "" : ".dropout(" + dropout + ")")
                + (longest == AS_DATA ? "" : ".longest(" + longest + ")");
    }
}
