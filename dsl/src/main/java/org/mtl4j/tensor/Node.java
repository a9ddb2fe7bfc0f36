package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Engine API. One fused kernel on a {@link Tape}: its value [batch, width], and the signal dL/dvalue in the blocks of a
 * {@link Layout}. Mutable: buffers are reused from step to step.
 */
public abstract class Node {

    final String name;
    final int width;
    final @Nullable Node input;
    /** Whether parameters lie at or below it: only then a signal must reach it. */
    final boolean differentiable;
    /** The tasks whose loss it reaches. */
    final BitSet reach = new BitSet();

    float[] value = new float[0];
    float[] signal = new float[0];
    /** Per block, whether a consumer has written to the signal in this pass. */
    final boolean[] signalled;

    Node(String name, int width, @Nullable Node input, boolean differentiable, int tasks) {
        this.name = name;
        this.width = width;
        this.input = input;
        this.differentiable = differentiable;
        this.signalled = new boolean[tasks];
    }

    /** The layer's name. */
    public String name() {
        return name;
    }

    /** Numbers per row. */
    public int width() {
        return width;
    }

    /** Engine API. The value itself, [batch, width]. */
    public float[] value() {
        return value;
    }

    /** Marks that a task's loss is reached from here and from all below. */
    void reach(int task) {
        for (Node node = this; node != null; node = node.input) {
            node.reach.set(task);
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
        signal = new float[differentiable ? batch * (isShared() ? blocks : 1) * width : 0];
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
        if (input == null) {
            throw new IllegalStateException("Node '%s' has no input.".formatted(name));
        }
        return input;
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
