package org.mtl4j.layer;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.SequenceLayers;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;

/**
 * What the encoders of graphs have in common: {@link Gcn}, {@link Gat}, {@link Mpnn}.
 *
 * @param activation of each layer
 * @param initialiser of each layer
 * @param dropout probability of a zero after each layer, in [0, 1)
 * @param shortcut around each layer
 * @param readout what becomes of the nodes in the end; empty if they stay, so that tasks may have an answer at each node
 */
public record NodeSettings(
        Activation activation, Initialiser initialiser, double dropout, Shortcut shortcut, List<Readout> readout) {

    /** max(x, 0). */
    public static final Activation DEFAULT_ACTIVATION = new Activation.Relu();

    /** Around a layer. */
    public enum Shortcut {
        /** Nothing. */
        NONE,
        /** Its input is added to its output, where both have as many features: x + f(x) (He et al. 2016). */
        RESIDUAL
    }

    public NodeSettings {
        readout = List.copyOf(readout);
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException(
                    "dropout(%s): a probability lies in [0, 1).%nGive the share of zeros: dropout(0.1)."
                            .formatted(dropout));
        }
        if (readout.size() > 1) {
            throw new IllegalArgumentException(
                    "readout(%s): %d readouts.%nGive one, or none.".formatted(readout, readout.size()));
        }
    }

    static NodeSettings of(Initialiser initialiser) {
        return new NodeSettings(DEFAULT_ACTIVATION, initialiser, 0, Shortcut.NONE, List.of());
    }

    NodeSettings activation(Activation other) {
        return new NodeSettings(other, initialiser, dropout, shortcut, readout);
    }

    NodeSettings initialiser(Initialiser other) {
        return new NodeSettings(activation, other, dropout, shortcut, readout);
    }

    NodeSettings dropout(double p) {
        return new NodeSettings(activation, initialiser, p, shortcut, readout);
    }

    NodeSettings residual() {
        return new NodeSettings(activation, initialiser, dropout, Shortcut.RESIDUAL, readout);
    }

    NodeSettings readout(Readout other) {
        return new NodeSettings(activation, initialiser, dropout, shortcut, List.of(other));
    }

    /** One layer of such an encoder. */
    @FunctionalInterface
    interface Layer {
        Node record(String name, Node nodes, int width);
    }

    /** Records a layer of each width on the graphs of the data, with what is around it, and the readout. */
    Node record(Object encoder, Tape tape, String prefix, Sources sources, List<Integer> widths, Layer layer) {
        Node top = sources.only(encoder, Shape.Graph.class, "a graph");
        for (int l = 0; l < widths.size(); l++) {
            String name = prefix + "." + l;
            Node below = top;
            top = layer.record(name, below, widths.get(l));
            if (shortcut == Shortcut.RESIDUAL && below.shape().equals(top.shape())) {
                top = SequenceLayers.sum(tape, name + ".residual", List.of(top, below));
            }
            if (dropout > 0) {
                top = tape.dropout(name + ".dropout", top, dropout);
            }
        }
        return readout.isEmpty() ? top : tape.readout(prefix + ".readout", top, readout.get(0));
    }

    /** The calls that make these settings of the usual ones, which differ in the initialiser. */
    String words(Initialiser usual) {
        return (activation.equals(DEFAULT_ACTIVATION) ? "" : ".activation(" + activation + ")")
                + (initialiser.equals(usual) ? "" : ".initialiser(" + initialiser + ")")
                + (dropout == 0 ? "" : ".dropout(" + dropout + ")")
                + (shortcut == Shortcut.NONE ? "" : ".residual()")
                + (readout.isEmpty() ? "" : ".readout(" + readout.get(0).name().toLowerCase(Locale.ROOT) + "())");
    }

    /** Checks the widths of an encoder, and copies them. @param call its name in the DSL */
    static List<Integer> widths(String call, List<Integer> widths) {
        if (widths.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s() has no layers.%nGive one width per layer: %s(64, 64).".formatted(call, call));
        }
        for (int width : widths) {
            if (width < 1) {
                throw new IllegalArgumentException(
                        "%s(%s): width %d is not positive.%nGive one positive width per layer: %s(64, 64)."
                                .formatted(call, listed(widths), width, call));
            }
        }
        return List.copyOf(widths);
    }

    static String listed(List<Integer> widths) {
        return widths.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
