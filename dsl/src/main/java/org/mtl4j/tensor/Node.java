package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Engine API. One fused kernel on a {@link Tape}: its value [batch, width], and the signal dL/dvalue in the blocks of a
 * {@link Layout}. Mutable: buffers are reused from step to step.
 */
public abstract class Node {

    final String name;
    final Shape shape;
    /** Numbers per row. */
    final int width;

    final List<Node> inputs;
    /** Whether parameters lie at or below it: only then a signal must reach it. */
    final boolean differentiable;
    /** The tasks whose loss it reaches. */
    final BitSet reach = new BitSet();

    /** What {@link #lengths} answers, sought once: paths down the net are many, and kernels ask for each row. */
    private @Nullable InputNode lengthsFound;

    private boolean lengthsSought;

    float[] value = new float[0];
    float[] signal = new float[0];
    /** Per block, whether a consumer has written to the signal in this pass. */
    final boolean[] signalled;

    /** @param width numbers per row: more than the shape's size for inputs that say a row's own length first */
    Node(String name, Shape shape, int width, List<Node> inputs, boolean differentiable, int tasks) {
        this.name = name;
        this.shape = shape;
        this.width = width;
        this.inputs = List.copyOf(inputs);
        this.differentiable = differentiable;
        this.signalled = new boolean[tasks];
    }

    /** The layer's name. */
    public String name() {
        return name;
    }

    /** How the numbers of a row lie. */
    public Shape shape() {
        return shape;
    }

    /** The shape of the input of the data whose places these are; its own where it has none of an input. */
    public Shape given() {
        InputNode input = lengths();
        return input == null ? shape : input.shape;
    }

    /** Numbers per row. */
    public int width() {
        return width;
    }

    /** Engine API. The value itself, [batch, width]. */
    public float[] value() {
        return value;
    }

    /** Engine API. The nodes that it reads. */
    public List<Node> inputs() {
        return inputs;
    }

    /** The input that says how many places of each row count; null where all do. */
    @Nullable
    final InputNode lengths() {
        if (!lengthsSought) {
            lengthsFound = seekLengths();
            lengthsSought = true;
        }
        return lengthsFound;
    }

    /** That of an input with as many places. */
    @Nullable
    InputNode seekLengths() {
        if (shape instanceof Shape.Vector || shape instanceof Shape.Image) {
            return null;
        }
        for (Node input : inputs) {
            InputNode found = input.lengths();
            if (found != null && input.shape.positions() == shape.positions()) {
                return found;
            }
        }
        return null;
    }

    /** How many places of a row count. */
    final int placesOf(int row) {
        InputNode says = lengths();
        return says == null ? shape.positions() : says.length(row);
    }

    /** Engine API. The input whose rows begin with how many of this node's places count; null where all do. */
    @Nullable
    public Node placesInput() {
        return lengths();
    }

    /** The width of the features at one place; of an image, its channels. */
    public int features() {
        return shape instanceof Shape.Image image ? image.channels() : shape.size() / shape.positions();
    }

    /** Marks that a task's loss is reached from here and from all below. */
    void reach(int task) {
        if (!reach.get(task)) {
            reach.set(task);
            for (Node input : inputs) {
                input.reach(task);
            }
        }
    }

    boolean isShared() {
        return reach.cardinality() > 1;
    }

    /** Whether this node carries signal in a block. */
    boolean carries(Layout layout, int block) {
        return layout.isCombined() || reach.get(block);
    }

    /** The first signal row of a block: a node that one task reaches holds that block alone. */
    int row(Layout layout, int block) {
        return layout.isCombined() || !isShared() ? 0 : layout.start(block);
    }

    /** Makes room for this many rows of value, and of signal per block. */
    void reserve(int batch, int blocks) {
        value = new float[batch * width];
        signal = new float[differentiable ? signalRows(batch, blocks) * width : 0];
    }

    /** The most rows that its signal has. */
    int signalRows(int batch, int blocks) {
        return batch * (isShared() ? blocks : 1);
    }

    void beginPass() {
        Arrays.fill(signalled, false);
    }

    /** 0 for the first consumer that writes to a block in this pass, then 1: BLAS's beta. */
    float claim(int block) {
        float beta = signalled[block] ? 1f : 0f;
        signalled[block] = true;
        return beta;
    }

    /** The input of a node that has one. */
    Node below() {
        if (inputs.size() != 1) {
            throw new IllegalStateException("Node '%s' has %d inputs.".formatted(name, inputs.size()));
        }
        return inputs.get(0);
    }

    /** What a table of the net says of it: nothing of a node without parameters. */
    List<LayerEntry> entries() {
        return List.of();
    }

    /** One entry with the shapes of this node. */
    final LayerEntry entry(String layer, Shape output, int numbers, Set<Integer> tasks) {
        boolean readsInput = inputs.stream().anyMatch(InputNode.class::isInstance);
        return new LayerEntry(layer, inputs.stream().map(Node::shape).toList(), output, numbers, tasks, readsInput);
    }

    /** Tells a reader what it computes; nothing where those that it reads have told it. */
    void tell(TapeReader reader) {
        // the nodes that override it are those that a reader can meet
    }

    /** Computes the value of the first {@code rows} rows. */
    abstract void forward(int rows, Pass pass);

    /** Takes the signal through the kernel to the input, if the input needs one. */
    abstract void propagate(Layout layout);

    /** Which kind of forward pass. */
    public enum Pass {
        /** Training: dropout is on. */
        TRAIN,
        /** Evaluation: dropout is off. */
        EVALUATE
    }
}
