package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Engine API. Records attention and the blocks of transformers on a tape, with PyTorch's initial parameters. */
public final class TransformerLayers {

    private static final Activation NONE = new Activation.Identity();

    private TransformerLayers() {}

    /**
     * Records attention of a series to itself: [length, width] -> [length, width].
     *
     * <p>{@code name.in_proj} takes it to queries, keys and values side by side, {@code name.out_proj} the heads' outputs to the
     * result. Keys beyond a row's own length are left out.
     */
    public static Node selfAttention(Tape tape, String name, Node series, Attention spec, RandomGenerator random) {
        int e = spec.width();
        Node all = tape.dense(name + ".in_proj", requireWidth(name, series, e), 3 * e, NONE, glorot(), random);
        return attend(tape, name, List.of(all, all, all), spec, random);
    }

    /**
     * Records attention of a series to another: queries [length, width], keys and values [other length, width] ->
     * [length, width]. Keys beyond their row's own length are left out.
     *
     * @param inputs queries, keys and values; keys and values may be one node
     */
    public static Node crossAttention(
            Tape tape, String name, List<Node> inputs, Attention spec, RandomGenerator random) {
        int e = spec.width();
        inputs.forEach(input -> requireWidth(name, input, e));
        Node queries = tape.dense(name + ".q_proj", inputs.get(0), e, NONE, glorot(), random);
        Node keys = tape.dense(name + ".k_proj", inputs.get(1), e, NONE, glorot(), random);
        Node values = tape.dense(name + ".v_proj", inputs.get(2), e, NONE, glorot(), random);
        return attend(tape, name, List.of(queries, keys, values), spec, random);
    }

    private static Initialiser glorot() {
        return new Initialiser.GlorotUniform();
    }

    private static Node requireWidth(String name, Node series, int width) {
        if (SequenceLayers.requireSeries(name, series).features() != width) {
            throw new IllegalArgumentException(
                    "Layer '%s': attention of width %d, but '%s' is %s.%nGive it a series of %d features at a place."
                            .formatted(name, width, series.name, series.shape, width));
        }
        return series;
    }

    private static Node attend(Tape tape, String name, List<Node> inputs, Attention spec, RandomGenerator random) {
        Node heads = tape.add(new AttentionNode(name, spec, inputs, tape.parameters(), tape.tasks()));
        String out = name + ".out_proj";
        Node result = tape.dense(out, heads, spec.width(), NONE, new Initialiser.UniformFanIn(), random);
        Parameter bias = tape.parameters().get(out + ".bias");
        Arrays.fill(tape.parameters().values(), bias.offset(), bias.offset() + bias.size(), 0f);
        return result;
    }

    /** Records a block of an encoder: [length, width] -> [length, width]. */
    public static Node encoderBlock(
            Tape tape, String name, Node series, TransformerBlock block, Attention.Mask mask, RandomGenerator random) {
        Attention spec = new Attention(series.features(), block.heads(), mask);
        Residuals at = new Residuals(tape, name, block);
        Node x = at.around("1", series, normed -> selfAttention(tape, name + ".self_attn", normed, spec, random));
        return at.around("2", x, normed -> feedForward(tape, name, normed, block, random));
    }

    /**
     * Records a block of a decoder, which sees its own series up to each place and all of the encoder's output.
     *
     * @param series [length, width]
     * @param memory the encoder's output, [other length, width]
     */
    public static Node decoderBlock(
            Tape tape, String name, Node series, Node memory, TransformerBlock block, RandomGenerator random) {
        Attention own = new Attention(series.features(), block.heads(), Attention.Mask.CAUSAL);
        Attention other = new Attention(series.features(), block.heads(), Attention.Mask.NONE);
        Residuals at = new Residuals(tape, name, block);
        Node x = at.around("1", series, normed -> selfAttention(tape, name + ".self_attn", normed, own, random));
        Node y = at.around(
                "2",
                x,
                normed ->
                        crossAttention(tape, name + ".multihead_attn", List.of(normed, memory, memory), other, random));
        return at.around("3", y, normed -> feedForward(tape, name, normed, block, random));
    }

    private static Node feedForward(Tape tape, String name, Node x, TransformerBlock block, RandomGenerator random) {
        Initialiser uniform = new Initialiser.UniformFanIn();
        Node inner = tape.dense(name + ".linear1", x, block.feedForward(), block.activation(), uniform, random);
        Node dropped = dropout(tape, name + ".dropout", inner, block);
        return tape.dense(name + ".linear2", dropped, x.features(), NONE, uniform, random);
    }

    private static Node dropout(Tape tape, String name, Node x, TransformerBlock block) {
        return block.dropout() > 0 ? tape.dropout(name, x, block.dropout()) : x;
    }

    /** The residual connections of one block. */
    private record Residuals(Tape tape, String name, TransformerBlock block) {

        interface Layer {
            Node of(Node x);
        }

        Node around(String number, Node x, Layer layer) {
            boolean before = block.norm() == TransformerBlock.Norm.BEFORE;
            Node y = layer.of(before ? norm(number, x) : x);
            Node sum = SequenceLayers.sum(
                    tape, name + ".sum" + number, List.of(x, dropout(tape, name + ".dropout" + number, y, block)));
            return before ? sum : norm(number, sum);
        }

        private Node norm(String number, Node x) {
            return SequenceLayers.layerNorm(tape, name + ".norm" + number, x, block.epsilon());
        }
    }
}
