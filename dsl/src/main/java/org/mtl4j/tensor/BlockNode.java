package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * A node that takes signals down one block after another, with any number of inputs and parameters. What its kernels write
 * to the signals of inputs and to gradients they add.
 *
 * <p>A node that reads one input twice lists it twice.
 */
abstract class BlockNode extends LayerNode {

    private final LayerSpec spec;
    private final Block block;

    BlockNode(String name, LayerSpec spec, Shape shape, List<Node> inputs, Parameters parameters, int size, int tasks) {
        super(name, shape, inputs, parameters, size, tasks);
        this.spec = spec;
        this.block = new Block(this);
    }

    /** A node that a signal always reaches, since others hold parameters of its kernel. */
    BlockNode(String name, LayerSpec spec, Shape shape, List<Node> inputs, Tape tape, int size) {
        super(name, shape, inputs, tape, size);
        this.spec = spec;
        this.block = new Block(this);
    }

    /** What it computes. */
    LayerSpec spec() {
        return spec;
    }

    @Override
    final void tell(TapeReader reader) {
        reader.layer(this, spec);
    }

    /**
     * Takes a block's signal down: adds to the signal of each input that needs one. May turn its own signal, or a buffer of
     * as many rows, into what {@link #gradient(Block, float[], int)} is to be formed from.
     */
    abstract void propagate(Block at);

    /** Adds the gradient by its parameters from a block's signal. @param into [size] from intoOff on. */
    abstract void gradient(Block at, float[] into, int intoOff);

    @Override
    final void propagate(Layout layout) {
        for (int b = 0; b < layout.blocks(); b++) {
            if (carries(layout, b) && layout.rows(b) > 0) {
                block.at(layout, b);
                for (int i = 0; i < inputs.size(); i++) {
                    clear(inputs.get(i), layout, b);
                }
                propagate(block);
            }
        }
    }

    private static void clear(Node input, Layout layout, int b) {
        if (input.differentiable && input.claim(b) == 0f) {
            int from = input.row(layout, b) * input.width;
            Arrays.fill(input.signal, from, from + layout.rows(b) * input.width, 0f);
        }
    }

    @Override
    final void gradient(Layout layout) {
        taskGradient(layout, 0, parameters.gradient(), first);
    }

    @Override
    final void taskGradient(Layout layout, int task, float[] into, int intoOff) {
        Arrays.fill(into, intoOff, intoOff + size, 0f);
        if (size > 0 && layout.rows(task) > 0) {
            block.at(layout, task);
            gradient(block, into, intoOff);
        }
    }
}
