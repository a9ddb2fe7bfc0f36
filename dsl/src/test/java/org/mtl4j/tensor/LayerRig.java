package org.mtl4j.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Takes any layer through a real tape: its inputs are given, the signals at its outputs are given, and the signals that
 * reach its inputs and the gradients of its parameters can be read.
 */
public final class LayerRig {

    private final Tape tape = new Tape(1);
    private final Map<String, Node> inputs = new LinkedHashMap<>();
    private final Map<String, InputNode> lengths = new LinkedHashMap<>();
    private final Map<String, Node> outputs = new LinkedHashMap<>();
    private final List<Node> order = new ArrayList<>();
    private final Layout layout = new Layout(1);

    /** The tape to record the layer on. */
    public Tape tape() {
        return tape;
    }

    /** An input whose signal can be read. Its values are given without lengths: see {@link #lengths}. */
    public Node input(String name, Shape shape) {
        InputNode own = new InputNode(name, shape, tape);
        lengths.put(name, own);
        Node node = new Given(own);
        inputs.put(name, node);
        return tape.add(node);
    }

    /** An input as a tape has it, such as tokens or a graph: its values are {@link Shape#inputSize} numbers a row. */
    public Node bound(String name, Shape shape) {
        Node node = tape.input(name, shape);
        inputs.put(name, node instanceof PlacesNode places ? places.below() : node);
        return node;
    }

    /** Names what the layer puts out. */
    public Node output(String name, Node node) {
        outputs.put(name, node);
        return node;
    }

    /** The names of the inputs. */
    public List<String> inputs() {
        return List.copyOf(inputs.keySet());
    }

    /** The names of the outputs. */
    public List<String> outputs() {
        return List.copyOf(outputs.keySet());
    }

    /** Sets the values of an input; call it before {@link #forward}. @param values [rows, ..]. */
    public void give(String input, float[] values) {
        Node node = Objects.requireNonNull(inputs.get(input));
        if (node instanceof InputNode bound) {
            bound.bind(values);
        } else {
            node.value = values;
        }
        InputNode own = lengths.get(input);
        if (own != null && own.width > own.shape.size()) {
            int[] full = new int[values.length / node.width];
            Arrays.fill(full, node.shape.positions());
            lengths(input, full);
        } else if (own != null) {
            own.bind(values);
        }
    }

    /** Sets how many places of each row of a series count, after {@link #give}; all, where it is not called. */
    public void lengths(String input, int... counts) {
        InputNode own = Objects.requireNonNull(lengths.get(input));
        own.bind(new float[counts.length * own.width]);
        for (int r = 0; r < counts.length; r++) {
            own.value[r * own.width] = counts[r];
        }
    }

    /** Sets a parameter. */
    public void set(String parameter, float[] values) {
        tape.parameters().set(tape.parameters().get(parameter), values);
    }

    /** Computes the layer. */
    public void forward(int rows, Node.Pass pass) {
        if (order.isEmpty()) {
            outputs.values().forEach(this::order);
            order.forEach(node -> node.reach.set(0));
        }
        tape.reserve(rows);
        layout.combine(rows);
        order.forEach(node -> node.forward(rows, pass));
    }

    private void order(Node node) {
        node.inputs.forEach(this::order);
        if (!order.contains(node)) {
            order.add(node);
        }
    }

    /** An output, [rows, ..], after {@link #forward}. */
    public float[] value(String output) {
        Node node = Objects.requireNonNull(outputs.get(output));
        return Arrays.copyOf(node.value, layout.batch() * node.width);
    }

    /** Takes these signals down; an output without one gets 0. @param signals [rows, ..] by output. */
    public void backward(Map<String, float[]> signals) {
        order.forEach(Node::beginPass);
        outputs.values().forEach(node -> Arrays.fill(node.signal, 0f));
        signals.forEach((output, signal) -> {
            Node node = Objects.requireNonNull(outputs.get(output));
            System.arraycopy(signal, 0, node.signal, 0, signal.length);
            node.claim(0);
        });
        for (int i = order.size() - 1; i >= 0; i--) {
            order.get(i).propagate(layout);
        }
        for (Node node : order) {
            if (node instanceof LayerNode layer) {
                layer.gradient(layout);
            }
        }
    }

    /** The signal at an input, [rows, ..], after {@link #backward}. */
    public float[] signal(String input) {
        Node node = Objects.requireNonNull(inputs.get(input));
        return Arrays.copyOf(node.signal, layout.batch() * node.width);
    }

    /** The gradient of a parameter, after {@link #backward}. */
    public float[] gradient(String parameter) {
        return tape.parameters().copyOfGradient(tape.parameters().get(parameter));
    }

    /** Values from outside, with a signal. */
    private static final class Given extends Node {

        Given(InputNode own) {
            super(own.name, own.shape, own.shape.size(), List.of(own), true, 1);
        }

        @Override
        void reserve(int batch, int blocks) {
            signal = new float[batch * blocks * width];
        }

        @Override
        void forward(int rows, Pass pass) {
            // its value is given
        }

        @Override
        void propagate(Layout layout) {
            // nothing is below it
        }
    }
}
