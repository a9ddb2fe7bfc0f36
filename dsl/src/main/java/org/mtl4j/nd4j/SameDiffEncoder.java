package org.mtl4j.nd4j;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.mtl4j.layer.Encoder;
import org.mtl4j.layer.Sources;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.OwnLayer;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * An encoder of the user's own: an ND4J SameDiff graph from a placeholder [-1, in] to a variable [rows, width], whose
 * variables are trained by our optimiser.
 *
 * <p>The graph is copied when this is made: it is not changed, and later changes to it are not seen. Each net, and under
 * {@code single} and {@code soft} each task, trains a copy of its variables; they are the net's parameters
 * {@code encoder.w}, a vector as [1, n], an array of more than two dimensions as [first, all others]. They begin with the
 * graph's own values, whatever the seed; with {@link #initialiser}, its matrices are drawn by the seed.
 *
 * <p>SameDiff computes the values and the gradients, in our step. A graph may couple rows on its way to a gradient, so
 * task signals are not stacked: a gradient method or a probe of conflict runs the graph once per task. A pass takes
 * milliseconds however small the graph is: SameDiff's own bookkeeping. ND4J is held to one thread, so that bits do not
 * depend on what runs beside.
 *
 * <pre>{@code
 * var graph = SameDiff.create();
 * var x = graph.placeHolder("x", DataType.FLOAT, -1, 4);
 * var w = graph.var("w", new XavierInitScheme('c', 4, 8), DataType.FLOAT, 4, 8);
 * graph.math().tanh("out", x.mmul(w));
 * hard(sameDiff("mine", graph, "x", "out")).tasks(casual, registered)
 * }</pre>
 */
public final class SameDiffEncoder implements Encoder {

    private final FrozenGraph graph;
    private final @Nullable Initialiser initialiser;

    private SameDiffEncoder(FrozenGraph graph, @Nullable Initialiser initialiser) {
        this.graph = graph;
        this.initialiser = initialiser;
    }

    /**
     * An encoder of a graph.
     *
     * @param name what it prints and is stored as; empty for none
     * @param input the placeholder of the features, FLOAT [-1, in]
     * @param output the representation, [rows, width]
     * @throws IllegalArgumentException if the graph cannot be trained: no such input or output, a wrong shape, no gradient
     */
    public static SameDiffEncoder of(String name, SameDiff graph, String input, String output) {
        return new SameDiffEncoder(FrozenGraph.of(new FrozenGraph.Names(name, "", input, output), graph), null);
    }

    /** This encoder as another version of its name: another part to whoever stores results by what made them. */
    public SameDiffEncoder version(String version) {
        return new SameDiffEncoder(graph.version(version), initialiser);
    }

    /** This encoder with its matrices [in, out] drawn by the recipe's seed; its other variables keep the graph's values. */
    public SameDiffEncoder initialiser(Initialiser other) {
        return new SameDiffEncoder(graph, other);
    }

    @Override
    public int inputWidth() {
        return graph.in();
    }

    @Override
    public boolean takesAnyFeatures() {
        return true; // as many as its graph declares
    }

    @Override
    public void requireFeatures(String input, int features) {
        if (features != graph.in()) {
            throw new IllegalArgumentException(
                    "Encoder %s: its placeholder '%s' takes %d features, but input '%s' of the data has %d.%nDeclare the placeholder with shape [-1, %d]."
                            .formatted(this, graph.names().input(), graph.in(), input, features, features));
        }
    }

    @Override
    public Node record(Tape tape, String prefix, Sources sources, RandomGenerator random) {
        Node input = sources.only(this, Shape.Vector.class, "features");
        SameDiffLayer layer = new SameDiffLayer(graph);
        float[] initial = graph.initial();
        int at = 0;
        for (OwnLayer.Shape shape : layer.shapes()) {
            if (initialiser != null && graph.isMatrix(shape.name())) {
                initialiser.fill(initial, at, shape.rows(), shape.columns(), random);
            }
            at += shape.size();
        }
        return tape.own(prefix, input, layer, initial);
    }

    /** The graph, a copy. */
    public SameDiff graph() {
        return graph.copy();
    }

    /** The trained variables, as shapes of parameters. */
    List<OwnLayer.Shape> shapes() {
        return graph.shapes();
    }

    FrozenGraph frozen() {
        return graph;
    }

    /** Whether both compute the same: graph, names and initialiser. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SameDiffEncoder encoder
                && toString().equals(encoder.toString())
                && graph.sameBytes(encoder.graph);
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return graph + (initialiser == null ? "" : ".initialiser(" + initialiser + ")");
    }
}
