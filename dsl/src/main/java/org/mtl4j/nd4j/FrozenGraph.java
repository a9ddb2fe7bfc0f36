package org.mtl4j.nd4j;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.mtl4j.fitted.Matrix;
import org.mtl4j.tensor.OwnLayer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A user's SameDiff graph as it was when it was handed over, checked: an encoder's map from [-1, in] to [rows, width]. */
final class FrozenGraph {

    /**
     * What its author calls it.
     *
     * @param name empty for none
     * @param version empty for the first
     * @param input its placeholder
     * @param output its variable
     */
    record Names(String name, String version, String input, String output) {
        @Override
        public String toString() {
            return "sameDiff(" + (name.isEmpty() ? "" : "\"" + name + "\", ") + "graph, \"" + input + "\", \"" + output
                    + "\")" + (version.isEmpty() ? "" : ".version(\"" + version + "\")");
        }
    }

    private final Names names;
    private final byte[] bytes;
    private final int in;
    private final int width;
    private final List<OwnLayer.Shape> shapes;
    private final List<String> matrices;
    private final float[] initial;

    private FrozenGraph(Names names, byte[] bytes, GraphRules rules) {
        this.names = names;
        this.bytes = bytes;
        this.in = rules.in();
        this.width = rules.width();
        SameDiff graph = rules.graph();
        shapes = new ArrayList<>();
        matrices = new ArrayList<>();
        for (String variable : rules.variables()) {
            long[] shape = graph.getVariable(variable).getArr().shape();
            int rows = shape.length < 2 ? 1 : (int) shape[0];
            shapes.add(new OwnLayer.Shape(
                    variable, rows, (int) graph.getVariable(variable).getArr().length() / rows));
            if (shape.length == 2) {
                matrices.add(variable);
            }
        }
        initial = new float[shapes.stream().mapToInt(OwnLayer.Shape::size).sum()];
        int at = 0;
        for (OwnLayer.Shape shape : shapes) {
            INDArray array = graph.getVariable(shape.name()).getArr();
            Floats.copy(array, initial, at);
            at += shape.size();
        }
    }

    private FrozenGraph(Names names, FrozenGraph other) {
        this.names = names;
        this.bytes = other.bytes;
        this.in = other.in;
        this.width = other.width;
        this.shapes = other.shapes;
        this.matrices = other.matrices;
        this.initial = other.initial;
    }

    /** @throws IllegalArgumentException if it breaks one of {@link GraphRules} */
    static FrozenGraph of(Names names, SameDiff graph) {
        NativeSide.ready();
        ByteBuffer buffer = graph.asFlatBuffers(false).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return new FrozenGraph(names, bytes, new GraphRules(names, load(bytes)));
    }

    private static SameDiff load(byte[] bytes) {
        try {
            return SameDiff.fromFlatBuffers(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("A SameDiff graph could not be read from memory.", e);
        }
    }

    FrozenGraph version(String version) {
        return new FrozenGraph(new Names(names.name(), version, names.input(), names.output()), this);
    }

    /** The graph, fresh: what is done to it reaches nobody. */
    SameDiff copy() {
        return load(bytes);
    }

    /**
     * Adds the graph to another, with other values of its variables.
     *
     * @param prefix what the names of its variables and operations begin with there
     * @param input stands for the placeholder
     * @param parameters the values by the name of the parameter
     * @return the output there
     */
    SDVariable splice(SameDiff into, String prefix, SDVariable input, Function<String, Matrix> parameters) {
        return new Splice(copy(), into, prefix + ".").add(this, input, parameters);
    }

    Names names() {
        return names;
    }

    int in() {
        return in;
    }

    int width() {
        return width;
    }

    /** What is trained. */
    List<OwnLayer.Shape> shapes() {
        return shapes;
    }

    boolean isMatrix(String variable) {
        return matrices.contains(variable);
    }

    /** The variables' values, in the order of the shapes, a copy. */
    float[] initial() {
        return initial.clone();
    }

    boolean sameBytes(FrozenGraph other) {
        return Arrays.equals(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
