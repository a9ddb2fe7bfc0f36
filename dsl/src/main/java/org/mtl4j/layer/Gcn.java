package org.mtl4j.layer;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.GraphConvolution;
import org.mtl4j.tensor.GraphLayers;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.Tape;

/**
 * A graph convolutional network (Kipf and Welling 2017): a {@link GraphConvolution} of each width, each with an activation.
 * A graph may be without edges; edge features are not read.
 *
 * <p>graph [nodes, in] -> [nodes, last width]; with a readout [last width]. Without one, a task with an answer at each node
 * has its head there, and others read the mean. Defaults: {@link NodeSettings#DEFAULT_ACTIVATION}, {@link
 * #DEFAULT_INITIALISER}, no dropout, no residual, no readout.
 *
 * <pre>{@code
 * gcn(64, 64).dropout(0.1).readout(mean())
 * }</pre>
 *
 * @param widths the width of each layer
 * @param settings what is around them
 */
public record Gcn(List<Integer> widths, NodeSettings settings) implements Encoder {

    /** As PyTorch Geometric's {@code GCNConv}. */
    public static final Initialiser DEFAULT_INITIALISER = new Initialiser.GlorotUniform();

    public Gcn {
        widths = NodeSettings.widths("gcn", widths);
    }

    /** A network of these widths with the defaults. */
    public static Gcn of(int... widths) {
        return new Gcn(Arrays.stream(widths).boxed().toList(), NodeSettings.of(DEFAULT_INITIALISER));
    }

    /** This network with another activation. */
    public Gcn activation(Activation other) {
        return new Gcn(widths, settings.activation(other));
    }

    /** This network with another initialiser. */
    public Gcn initialiser(Initialiser other) {
        return new Gcn(widths, settings.initialiser(other));
    }

    /** This network with dropout of probability p after each layer. */
    public Gcn dropout(double p) {
        return new Gcn(widths, settings.dropout(p));
    }

    /** This network with each layer's input added to its output, where both have as many features. */
    public Gcn residual() {
        return new Gcn(widths, settings.residual());
    }

    /** This network with one vector of all nodes in the end: {@code sum()}, {@code mean()}, {@code max()}, {@code attention()}. */
    public Gcn readout(Readout kind) {
        return new Gcn(widths, settings.readout(kind));
    }

    @Override
    public Node record(Tape tape, String prefix, Sources sources, RandomGenerator random) {
        return settings.record(this, tape, prefix, sources, widths, (name, nodes, width) -> {
            GraphConvolution layer = new GraphConvolution(width, settings.activation());
            return GraphLayers.convolution(tape, name, nodes, layer, settings.initialiser(), random);
        });
    }

    @Override
    public String toString() {
        return "gcn(" + NodeSettings.listed(widths) + ")" + settings.words(DEFAULT_INITIALISER);
    }
}
