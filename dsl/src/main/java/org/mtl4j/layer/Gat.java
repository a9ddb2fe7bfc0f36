package org.mtl4j.layer;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.GraphAttention;
import org.mtl4j.tensor.GraphLayers;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.Tape;

/**
 * A graph attention network (Veličković et al. 2018): a {@link GraphAttention} of each width, each with an activation. A
 * graph may be without edges; edge features are not read.
 *
 * <p>graph [nodes, in] -> [nodes, heads * last width], or [nodes, last width] with {@link #averageHeads}; with a readout one
 * such vector. Widths are those of a head. Defaults: {@link #DEFAULT_HEADS}, {@link GraphAttention#DEFAULT_SLOPE}, {@link
 * NodeSettings#DEFAULT_ACTIVATION}, {@link #DEFAULT_INITIALISER}, no dropout, no residual, no readout.
 *
 * <pre>{@code
 * gat(16, 16).heads(4).activation(elu(1)).readout(mean())
 * }</pre>
 *
 * @param widths the width of a head of each layer
 * @param heads attention heads of each layer
 * @param merge what becomes of the heads
 * @param settings what is around the layers
 */
public record Gat(List<Integer> widths, int heads, GraphAttention.Merge merge, NodeSettings settings)
        implements Encoder {

    /** One head, as PyTorch Geometric's {@code GATConv}. */
    public static final int DEFAULT_HEADS = 1;

    /** As PyTorch Geometric's {@code GATConv}. */
    public static final Initialiser DEFAULT_INITIALISER = new Initialiser.GlorotUniform();

    public Gat {
        widths = NodeSettings.widths("gat", widths);
        if (heads < 1) {
            throw new IllegalArgumentException(
                    "heads(%d): a layer needs at least one.%nGive a positive number: heads(4).".formatted(heads));
        }
    }

    /** A network of these widths with the defaults. */
    public static Gat of(int... widths) {
        List<Integer> listed = Arrays.stream(widths).boxed().toList();
        return new Gat(listed, DEFAULT_HEADS, GraphAttention.Merge.CONCATENATE, NodeSettings.of(DEFAULT_INITIALISER));
    }

    /** This network with so many heads a layer, side by side. */
    public Gat heads(int other) {
        return new Gat(widths, other, merge, settings);
    }

    /** This network with the mean of the heads of each layer: PyTorch Geometric's {@code concat=False}. */
    public Gat averageHeads() {
        return new Gat(widths, heads, GraphAttention.Merge.MEAN, settings);
    }

    /** This network with another activation. */
    public Gat activation(Activation other) {
        return new Gat(widths, heads, merge, settings.activation(other));
    }

    /** This network with another initialiser. */
    public Gat initialiser(Initialiser other) {
        return new Gat(widths, heads, merge, settings.initialiser(other));
    }

    /** This network with dropout of probability p after each layer. */
    public Gat dropout(double p) {
        return new Gat(widths, heads, merge, settings.dropout(p));
    }

    /** This network with each layer's input added to its output, where both have as many features. */
    public Gat residual() {
        return new Gat(widths, heads, merge, settings.residual());
    }

    /** This network with one vector of all nodes in the end: {@code sum()}, {@code mean()}, {@code max()}, {@code attention()}. */
    public Gat readout(Readout kind) {
        return new Gat(widths, heads, merge, settings.readout(kind));
    }

    @Override
    public Node record(Tape tape, String prefix, Sources sources, RandomGenerator random) {
        return settings.record(this, tape, prefix, sources, widths, (name, nodes, width) -> {
            GraphAttention layer =
                    new GraphAttention(width, heads, merge, GraphAttention.DEFAULT_SLOPE, settings.activation());
            return GraphLayers.attention(tape, name, nodes, layer, settings.initialiser(), random);
        });
    }

    @Override
    public String toString() {
        return "gat(" + NodeSettings.listed(widths) + ")"
                + (heads == DEFAULT_HEADS ? "" : ".heads(" + heads + ")")
                + (merge == GraphAttention.Merge.CONCATENATE ? "" : ".averageHeads()")
                + settings.words(DEFAULT_INITIALISER);
    }
}
