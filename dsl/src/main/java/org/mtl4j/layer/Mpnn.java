package org.mtl4j.layer;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.FusionLayers;
import org.mtl4j.tensor.GraphLayers;
import org.mtl4j.tensor.GruStep;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.JoinedDense;
import org.mtl4j.tensor.MessagePassing;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.Tape;

/**
 * A message passing neural network (Gilmer et al. 2017, eq. 1 and 2), at each layer
 *
 * <pre>m_i = sum over edges j -> i of f(W [h_i; h_j; e_ij] + b),   h_i' = U(h_i, m_i)</pre>
 *
 * <p>with {@link MessagePassing} of the layer's width as messages, and as the update U either f(V [h_i; m_i] + c) or, with
 * {@link #gru}, a {@link GruStep}. Edge features are read where the data have them. A graph may be without edges.
 *
 * <p>graph [nodes, in] -> [nodes, last width]; with a readout [last width]. Defaults: {@link Update#LINEAR}, {@link
 * NodeSettings#DEFAULT_ACTIVATION} as f, {@link #DEFAULT_INITIALISER}, no dropout, no residual, no readout.
 *
 * <pre>{@code
 * mpnn(64, 64).gru().readout(attention())
 * }</pre>
 *
 * @param widths the width of each layer's messages and nodes
 * @param update what a node makes of what it hears
 * @param settings what is around the layers
 */
public record Mpnn(List<Integer> widths, Update update, NodeSettings settings) implements Encoder {

    /** As PyTorch's Linear. */
    public static final Initialiser DEFAULT_INITIALISER = new Initialiser.UniformFanIn();

    /** What a node makes of what it hears. */
    public enum Update {
        /** f(V [h; m] + c). */
        LINEAR,
        /** A gated recurrent unit with m as its input and h as its state, which a linear layer brings to the width first where need be. */
        GRU
    }

    public Mpnn {
        widths = NodeSettings.widths("mpnn", widths);
    }

    /** A network of these widths with the defaults. */
    public static Mpnn of(int... widths) {
        List<Integer> listed = Arrays.stream(widths).boxed().toList();
        return new Mpnn(listed, Update.LINEAR, NodeSettings.of(DEFAULT_INITIALISER));
    }

    /** This network with a gated recurrent unit as the update. */
    public Mpnn gru() {
        return new Mpnn(widths, Update.GRU, settings);
    }

    /** This network with another activation. */
    public Mpnn activation(Activation other) {
        return new Mpnn(widths, update, settings.activation(other));
    }

    /** This network with another initialiser. */
    public Mpnn initialiser(Initialiser other) {
        return new Mpnn(widths, update, settings.initialiser(other));
    }

    /** This network with dropout of probability p after each layer. */
    public Mpnn dropout(double p) {
        return new Mpnn(widths, update, settings.dropout(p));
    }

    /** This network with each layer's input added to its output, where both have as many features. */
    public Mpnn residual() {
        return new Mpnn(widths, update, settings.residual());
    }

    /** This network with one vector of all nodes in the end: {@code sum()}, {@code mean()}, {@code max()}, {@code attention()}. */
    public Mpnn readout(Readout kind) {
        return new Mpnn(widths, update, settings.readout(kind));
    }

    @Override
    public Node record(Tape tape, String prefix, Sources sources, RandomGenerator random) {
        return settings.record(
                this,
                tape,
                prefix,
                sources,
                widths,
                (name, nodes, width) -> update == Update.GRU
                        ? gated(tape, name, nodes, width, random)
                        : linear(tape, name, nodes, width, random));
    }

    private Node linear(Tape tape, String name, Node nodes, int width, RandomGenerator random) {
        JoinedDense layer = new JoinedDense(width, settings.activation());
        List<Node> read = List.of(nodes, messages(tape, name, nodes, width, random));
        return FusionLayers.joinedDense(tape, name + ".update", read, layer, settings.initialiser(), random);
    }

    private Node gated(Tape tape, String name, Node nodes, int width, RandomGenerator random) {
        Node state = nodes.features() == width
                ? nodes
                : tape.dense(name + ".state", nodes, width, new Activation.Identity(), settings.initialiser(), random);
        Node heard = messages(tape, name, state, width, random);
        return GraphLayers.gruStep(tape, name + ".gru", heard, state, settings.initialiser(), random);
    }

    private Node messages(Tape tape, String name, Node nodes, int width, RandomGenerator random) {
        MessagePassing layer = new MessagePassing(width, settings.activation());
        List<Node> read = GraphLayers.hasEdgeFeatures(nodes)
                ? List.of(nodes, GraphLayers.edgeFeatures(tape, name + ".edges", nodes))
                : List.of(nodes);
        return GraphLayers.messages(tape, name + ".message", read, layer, settings.initialiser(), random);
    }

    @Override
    public String toString() {
        return "mpnn(" + NodeSettings.listed(widths) + ")" + (update == Update.LINEAR ? "" : ".gru()")
                + settings.words(DEFAULT_INITIALISER);
    }
}
